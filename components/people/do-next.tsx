import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Note } from "#components/ui/note.tsx";
import { RailSection } from "#components/ui/section.tsx";
import type { PersonAnswer } from "#lib/history/rules.ts";
import type { LoginStory } from "#lib/history/types.ts";
import type { ExplainedPath } from "#lib/people/rules.ts";
import type { Person } from "#lib/people/types.ts";

type DoNextProps = {
  answer: PersonAnswer;
  login: LoginStory | null;
  person: Pick<Person, "failuresInARow" | "pausedUntil">;
  path: ExplainedPath;
  percent: number;
  pause: { limit: number; minutes: number };
  children: ReactNode;
};

/** The one thing to do for the person now, and the acts that do it. */
export function DoNext({ children, ...facts }: DoNextProps) {
  const t = useTranslations("people.person.next");
  return (
    <RailSection title={t("title")}>
      <Advice {...facts} />
      <div className="next-acts">{children}</div>
    </RailSection>
  );
}

function Advice({ answer, login, person, path, percent, pause }: Omit<DoNextProps, "children">) {
  const t = useTranslations("people.person.next");
  const why = useTranslations("people.why");
  const remedies = useTranslations("verifications.remedy");
  const format = useFormatter();
  const note = (tone: "ok" | "warn" | "bad" | undefined, title: string, text: string) => (
    <Note {...(tone ? { tone } : {})}>
      <b>{title}</b>
      <br />
      <span className="m2">{text}</span>
    </Note>
  );
  const left = Math.max(0, pause.limit - person.failuresInARow);
  const afterwards =
    person.failuresInARow > 0 ? t("triesLeft", { left, minutes: pause.minutes }) : t("password");
  switch (answer.kind) {
    case "blocked":
      return note("bad", t("blocked"), t("blockedText"));
    case "enrollment_pending":
      return note("warn", t("enrollment_pending"), t("enrolment_pendingText"));
    case "paused": {
      const until = person.pausedUntil ? format.dateTime(person.pausedUntil, "clock") : "";
      return note("warn", t("paused", { until }), t("pausedText"));
    }
    case "no_logins":
      return note(undefined, t("no_logins"), t("no_loginsText"));
    case "completed_biometric":
      return note(undefined, t("well"), t("wellText"));
    case "completed_legacy":
      return path.path === "legacy"
        ? note(undefined, t("routed"), t("routedText", { why: why(path.reason, { percent }) }))
        : note(undefined, t("well"), t("wellText"));
    case "legacy_failed":
      return note("warn", t("legacy_failed"), t("legacy_failedText"));
    case "open":
      return answer.cause === null
        ? note(undefined, t("open"), t("openText"))
        : note("warn", remedies(answer.cause), afterwards);
    case "fell_back":
    case "fell_back_failed":
    case "rejected":
    case "abandoned":
    case "legacy_unreported": {
      const told = login?.end?.fallbackReason;
      const known =
        told === "chose_password" ||
        told === "camera_refused" ||
        told === "camera_missing" ||
        told === "told_to";
      const title = answer.cause ? remedies(answer.cause) : t(`fallback.${known ? told : "other"}`);
      return note(told === "told_to" ? undefined : "warn", title, afterwards);
    }
  }
}
