import { useTranslations } from "next-intl";

/** Why an enrolment did not succeed: a failure of the call, or what was wrong with the capture. */
export function useEnrolmentReason(): (code: string | null) => string {
  const failures = useTranslations("people.person.enrolmentReason");
  const captures = useTranslations("terms.verificationReason");
  return (code) => {
    const failure = code as Parameters<typeof failures>[0];
    const capture = code as Parameters<typeof captures>[0];
    if (code !== null && failures.has(failure)) return failures(failure);
    return code !== null && captures.has(capture) ? captures(capture) : "–";
  };
}
