import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Freshness } from "#components/layout/freshness.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { bunchOfTrouble, tallyOf } from "#lib/verifications/rules.ts";
import type { RollupCell, TimeBar, TimeWindow } from "#lib/verifications/types.ts";
import { useBarTime } from "./use-bar-time.ts";

/** Below this many a share would say more than is known. */
const ENOUGH_FOR_A_RATE = 30;

type VerificationsHeadProps = {
  /** What the whole window counts, whatever the filters. */
  cells: readonly RollupCell[];
  bars: readonly TimeBar[];
  /** Where the last bar ends. */
  to: Date;
  window: TimeWindow;
  /** When the figures were read. */
  asOf: Date;
  acts?: ReactNode;
};

/** How many of the window's verifications did not match, and why most often: the page's answer. */
export function VerificationsHead({ cells, bars, to, window, asOf, acts }: VerificationsHeadProps) {
  const t = useTranslations("verifications");
  const reasons = useTranslations("terms.verificationReason");
  const format = useFormatter();
  const { isDays, startText, endText, spanText } = useBarTime(window);
  const { all, notMatched, apiErrors, commonest } = tallyOf(cells);
  const bunch = bunchOfTrouble(bars, to);
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
  const bunched =
    bunch &&
    (isDays
      ? t("lead.bunchDays", { days: spanText(bunch.from, bunch.to) })
      : t("lead.bunch", { from: startText(bunch.from), to: endText(bunch.to) }));
  return (
    <PageHead
      answer={t(`answer.${kind}`, { all, notMatched })}
      acts={
        <>
          <Freshness asOf={asOf} />
          {acts}
        </>
      }
      lead={bunched === null ? lead : `${lead} ${bunched}`}
    />
  );
}
