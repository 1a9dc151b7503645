import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import { Copy } from "#components/ui/copy.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { whatFollowed } from "#lib/history/rules.ts";
import type { LoginStory } from "#lib/history/types.ts";
import type { Verification } from "#lib/verifications/types.ts";
import { useDuration } from "./use-duration.ts";

const CLOCK = {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
} as const;

type VerificationHeadProps = { verification: Verification; login: LoginStory | null };

/** What came of the verification as a sentence, why, and how the login went on. */
export function VerificationHead({ verification: v, login }: VerificationHeadProps) {
  const t = useTranslations("verification");
  const happened = useTranslations("verifications.happened");
  const lead = t("lead", { source: v.source, attempt: v.attempt, happened: happened(v.reason) });
  const then = useWhatFollowed(v, login);
  return (
    <PageHead
      crumb={<Crumb verification={v} />}
      answer={<Answer verification={v} />}
      lead={then === null ? lead : `${lead} ${then}`}
    />
  );
}

function useWhatFollowed(v: Verification, login: LoginStory | null): string | null {
  const t = useTranslations("verification.then");
  const duration = useDuration();
  if (login === null) return null;
  const followed = whatFollowed(v.id, login);
  if (followed === null) return t("open");
  if (followed.kind === "end") {
    return t("end", { outcome: followed.end.outcome, after: duration(v.at, followed.end.at) });
  }
  return t("next", { outcome: followed.next.outcome, after: duration(v.at, followed.next.at) });
}

function Crumb({ verification: v }: { verification: Verification }) {
  const t = useTranslations("verifications");
  const terms = useTranslations("terms");
  const format = useFormatter();
  const { subject } = v;
  return (
    <>
      <Link href="/verifications">{t("title")}</Link> <Icon of={ChevronRight} size={12} />
      <span>{format.dateTime(v.at, CLOCK)}</span>
      {subject === null ? null : <span>·</span>}
      {subject?.state === "known" ? (
        <>
          <span className="mono">{subject.customId}</span>
          <ClientMessages rooms={[]}>
            <Copy text={subject.customId} what={t("columns.customId")} />
          </ClientMessages>
        </>
      ) : null}
      {subject === null || subject.state === "known" ? null : <span>{t(`subject.${subject.state}`)}</span>}
      <span>
        {v.actor ?? v.channel} · {terms(`modality.${v.modality}`)}
      </span>
    </>
  );
}

function Answer({ verification: v }: { verification: Verification }) {
  const t = useTranslations("verification.answer");
  const reasons = useTranslations("terms.verificationReason");
  const fingers = useTranslations("people.person.finger");
  const format = useFormatter();
  const reason = reasons(v.reason);
  switch (v.outcome) {
    case "matched":
      return t("matched");
    case "spoof_suspected":
      return t("spoof_suspected");
    case "api_error":
      return t("api", { reason });
    case "capture_refused":
      return t("other", { reason });
    case "not_matched": {
      if (v.reason !== "fingers_not_matched" || v.fingersNotMatched.length === 0)
        return t("different_person");
      const matched = v.fingersSent.filter((finger) => !v.fingersNotMatched.includes(finger));
      const names = (list: typeof matched) => format.list(list.map((finger) => fingers(`${finger}`)));
      const text = t("fingers_not_matched", {
        failed: names(v.fingersNotMatched),
        matched: matched.length === 0 ? "none" : "some",
        matchedText: names(matched),
      });
      return text.charAt(0).toLocaleUpperCase() + text.slice(1);
    }
  }
}
