import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Note, type NoteTone } from "#components/ui/note.tsx";
import { RailSection } from "#components/ui/section.tsx";
import type { Advice } from "#lib/history/rules.ts";
import type { LastEnrolment } from "#lib/history/types.ts";
import type { Person } from "#lib/people/types.ts";

type DoNextProps = {
  advice: Advice;
  person: Pick<Person, "failuresInARow" | "pausedUntil">;
  enrolment: LastEnrolment | null;
  percent: number;
  pause: { limit: number; minutes: number };
  children: ReactNode;
};

/** The one thing to do for the person now, and the acts that do it. */
export function DoNext({ children, ...facts }: DoNextProps) {
  const t = useTranslations("people.person.next");
  const { tone, title, text } = useAdvice(facts);
  return (
    <RailSection title={t("title")}>
      <Note {...(tone ? { tone } : {})}>
        <b>{title}</b>
        <br />
        <span className="m2">{text}</span>
      </Note>
      <div className="next-acts">{children}</div>
    </RailSection>
  );
}

/** What needs nobody's hand stands quiet. */
const TONES: Record<Extract<Advice, { about: "standing" }>["standing"], NoteTone | undefined> = {
  blocked: "bad",
  enrollment_pending: "warn",
  halted: "warn",
  paused: "warn",
  not_exposed: undefined,
  no_logins: undefined,
  open: undefined,
  well: undefined,
  password: "warn",
};

type Said = { tone: NoteTone | undefined; title: string; text: string };

function useAdvice({ advice, person, enrolment, percent, pause }: Omit<DoNextProps, "children">): Said {
  const t = useTranslations("people.person.next");
  const remedies = useTranslations("verifications.remedy");
  const format = useFormatter();
  const left = Math.max(0, pause.limit - person.failuresInARow);
  const afterwards =
    person.failuresInARow > 0 ? t("triesLeft", { left, minutes: pause.minutes }) : t("password");
  switch (advice.about) {
    case "standing": {
      const { standing } = advice;
      const values = {
        until: person.pausedUntil ? format.dateTime(person.pausedUntil, "clock") : "",
        percent,
        state: enrolment?.state ?? "unknown",
      };
      return {
        tone: TONES[standing],
        title: t(`standing.${standing}.title`, values),
        text: t(`standing.${standing}.text`, values),
      };
    }
    case "try":
      return { tone: "warn", title: remedies(advice.reason), text: afterwards };
    case "fallback":
      return {
        tone: advice.reason === "told_to" ? undefined : "warn",
        title: t(`fallback.${advice.reason}`),
        text: afterwards,
      };
    case "path":
      return { tone: undefined, title: t(`path.${advice.reason}`), text: t("password") };
  }
}
