import { useFormatter, useTranslations } from "next-intl";
import { PageHead } from "#components/ui/page-head.tsx";
import { tallyOf } from "#lib/verifications/rules.ts";
import type { RollupCell, TimeWindow } from "#lib/verifications/types.ts";

/** Below this many a share would say more than is known. */
const ENOUGH_FOR_A_RATE = 30;

/** How many of the window's verifications did not match, and why most often: the page's answer. */
export function VerificationsHead({ cells, window }: { cells: readonly RollupCell[]; window: TimeWindow }) {
  const t = useTranslations("verifications");
  const reasons = useTranslations("terms.verificationReason");
  const format = useFormatter();
  const { all, notMatched, apiErrors, commonest } = tallyOf(cells);
  const kind = all === 0 ? "empty" : notMatched === 0 ? "none" : "some";
  const lead =
    kind === "empty"
      ? t("lead.empty")
      : t(kind === "none" ? "lead.all" : all < ENOUGH_FOR_A_RATE ? "lead.few" : "lead.some", {
          window: t(`window.${window}`),
          share: format.number((100 * notMatched) / Math.max(1, all), {
            minimumFractionDigits: 1,
            maximumFractionDigits: 1,
          }),
          reason: commonest === null ? "none" : "known",
          reasonText: commonest === null ? "" : reasons(commonest),
          apiErrors,
        });
  return <PageHead answer={t(`answer.${kind}`, { all, notMatched })} lead={lead} />;
}
