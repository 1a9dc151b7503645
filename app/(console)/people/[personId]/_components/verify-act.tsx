import { useTranslations } from "next-intl";
import { isFinger } from "#components/people/enrolled.tsx";
import { VerifyNow } from "#components/people/verify-now.tsx";
import { LockedButton } from "#components/ui/button.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import type { PersonPageData } from "#lib/people/loaders.ts";
import { verifyNowAction } from "../actions.ts";

/** Verify now, or what opens it where it is locked. */
export function VerifyAct({ person, mayVerify }: Pick<PersonPageData, "person" | "mayVerify">) {
  const t = useTranslations("people.person.verify");
  const canBeCompared = person.faceEnrolled || person.fingersEnrolled.length > 0;
  const reason = t(mayVerify ? "lockedPending" : "locked");
  if (!mayVerify || !canBeCompared)
    return (
      <>
        <LockedButton id="verify-locked" wide reason={reason}>
          {t("open")}
        </LockedButton>
        <p className="small m" aria-hidden="true">
          {reason}
        </p>
      </>
    );
  return (
    <ClientMessages rooms={["people", "verifications", "errors"]}>
      <VerifyNow
        personId={person.id}
        faceEnrolled={person.faceEnrolled}
        fingersEnrolled={person.fingersEnrolled.filter(isFinger)}
        verify={verifyNowAction}
      />
    </ClientMessages>
  );
}
