import { CircleDashed } from "lucide-react";
import { useTranslations } from "next-intl";
import { Status } from "#components/ui/status.tsx";
import type { VerificationRow } from "#lib/verifications/types.ts";
import { LOGIN_LOOKS } from "./login-look.ts";

type LoginEndProps = Pick<VerificationRow, "loginOutcome" | "loginId" | "modality">;

/** How the login that a verification belongs to ended. */
export function LoginEnd({ loginOutcome, loginId, modality }: LoginEndProps) {
  const t = useTranslations("verifications.ended");
  if (loginId === null) return <span className="m">{t("console")}</span>;
  if (loginOutcome === null)
    return (
      <Status kind="open" icon={CircleDashed}>
        {t("open")}
      </Status>
    );
  return <Status {...LOGIN_LOOKS[loginOutcome]}>{t(loginOutcome, { modality })}</Status>;
}
