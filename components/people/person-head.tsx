import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { Copy } from "#components/ui/copy.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { inSentence } from "#lib/format/in-sentence.ts";
import { countUsable, type PersonAnswer } from "#lib/history/rules.ts";
import type { LastEnrolment, LoginStory } from "#lib/history/types.ts";
import type { ExplainedPath } from "#lib/people/rules.ts";
import type { PersonRecord, PersonStanding } from "#lib/people/types.ts";
import { useEnrolmentReason } from "./use-enrolment-reason.ts";

type PersonHeadProps = {
  person: PersonRecord;
  standing: PersonStanding;
  answer: PersonAnswer;
  login: LoginStory | null;
  path: ExplainedPath;
  enrolment: LastEnrolment | null;
  percent: number;
  mayCopyId: boolean;
};

/** Who it is and the answer to why they can or cannot log in. */
export function PersonHead(props: PersonHeadProps) {
  const { person, standing, mayCopyId } = props;
  const t = useTranslations("people");
  const basis = useTranslations("people.person.basis");
  const format = useFormatter();
  const heading = useHeading(props);
  const lead = useLead(props);
  const crumb = (
    <>
      <Link href="/people">{t("title")}</Link> <Icon of={ChevronRight} size={12} />{" "}
      <span className="mono breaks">{person.customId}</span>
      {mayCopyId ? <Copy text={person.customId} what={t("person.copyId")} /> : null}
      <span>
        {t("person.crumb", {
          status: t(`status.${standing}`),
          basis: "known",
          basisText: basis(person.legalBasis),
          enrolled: person.enrolledAt ? "known" : "none",
          enrolledText: person.enrolledAt ? format.dateTime(person.enrolledAt, "day") : "",
        })}
      </span>
    </>
  );
  return <PageHead crumb={crumb} answer={heading} lead={lead} />;
}

/** The answer as a sentence, also the title of the page. */
function useHeading({ answer, person, login, enrolment }: PersonHeadProps): string {
  const t = useTranslations("people.person.answer");
  const reasons = useTranslations("terms.verificationReason");
  const enrolmentReason = useEnrolmentReason();
  const format = useFormatter();
  return t(answer.kind, {
    state: enrolment?.state ?? "unknown",
    reason: inSentence(enrolmentReason(enrolment?.reason ?? null)),
    cause: answer.cause === null ? "none" : "known",
    causeText: answer.cause === null ? "" : reasons(answer.cause),
    modality: login?.tries.findLast(({ outcome }) => outcome === "matched")?.modality ?? "none",
    until: person.pausedUntil ? format.dateTime(person.pausedUntil, "clock") : "",
  });
}

function useLead({ answer: { kind }, person, login, path: { path }, percent }: PersonHeadProps): string {
  const t = useTranslations("people.person.lead");
  const terms = useTranslations("terms");
  const format = useFormatter();
  if (kind === "blocked" || kind === "enrollment_pending" || kind === "halted") return t(kind);
  if (kind === "not_exposed") return t(kind, { bucket: person.bucket, percent });
  if (login === null) return t("no_logins", { path });
  const when = format.dateTime(login.openedAt, "minute");
  const outcome = login.end?.outcome;
  const letIn =
    outcome === undefined
      ? t("letIn.open")
      : outcome === "completed_biometric" || outcome === "completed_legacy"
        ? ""
        : t(`letIn.${outcome}`);
  if (login.path === "legacy")
    return `${t("legacy", { when, reason: inSentence(terms(`pathReason.${login.pathReason}`)) })} ${letIn}`;
  const { tries, end } = login;
  const usableCount = countUsable(tries);
  const usable =
    tries.length === 0 || usableCount === tries.length ? "all" : usableCount === 0 ? "none" : "some";
  const told = end?.fallbackReason ?? "none";
  const isTold = tries.length === 0 && told !== "none";
  const parts = [
    t("biometric", { tries: tries.length, when, usable, usableCount }),
    isTold ? t("fallbackReason", { reason: inSentence(terms(`fallbackReason.${told}`)) }) : "",
    letIn,
  ];
  return parts.filter((part) => part !== "").join(" ");
}
