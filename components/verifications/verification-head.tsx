import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { Icon } from "#components/ui/icon.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import type { Verification } from "#lib/verifications/types.ts";

/** What came of the verification as a sentence, and why. */
export function VerificationHead({ verification: v }: { verification: Verification }) {
  const t = useTranslations("verifications");
  const terms = useTranslations("terms");
  const format = useFormatter();
  const { subject } = v;
  const crumb = (
    <>
      <Link href="/verifications">{t("title")}</Link> <Icon of={ChevronRight} size={12} />
      <span>{format.dateTime(v.at, "minute")}</span>
      {subject === null ? null : (
        <>
          <span>·</span>
          {subject.state === "known" ? (
            <span className="mono">{subject.customId}</span>
          ) : (
            <span>{t(`subject.${subject.state}`)}</span>
          )}
        </>
      )}
      <span>
        · {v.actor ?? v.channel} · {terms(`modality.${v.modality}`)}
      </span>
    </>
  );
  const lead = t("one.lead", { source: v.source, attempt: v.attempt, happened: t(`happened.${v.reason}`) });
  return <PageHead crumb={crumb} answer={<Answer verification={v} />} lead={lead} />;
}

function Answer({ verification: v }: { verification: Verification }) {
  const t = useTranslations("verifications.one.answer");
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
