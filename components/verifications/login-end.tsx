import { CircleDashed, CornerDownLeft } from "lucide-react";
import { useTranslations } from "next-intl";
import { Status } from "#components/ui/status.tsx";
import { wasLetIn } from "#lib/history/rules.ts";
import type { VerificationRow } from "#lib/verifications/types.ts";

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
  const text = t(loginOutcome, { modality });
  if (loginOutcome === "fell_back")
    return (
      <Status kind="due" icon={CornerDownLeft}>
        {text}
      </Status>
    );
  const letIn = wasLetIn(loginOutcome);
  if (letIn === null) return <Status kind="open">{text}</Status>;
  return (
    <Status kind={letIn ? "ok" : "fail"} quiet={letIn}>
      {text}
    </Status>
  );
}
