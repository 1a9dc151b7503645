import { useFormatter, useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { DrillDialog } from "#components/rollout/drill-dialog.tsx";
import { RailSection } from "#components/ui/section.tsx";
import { formatLatency } from "#lib/format/numbers.ts";
import type { RolloutPageData } from "#lib/rollout-page/types.ts";
import { drillAction } from "../actions.ts";

/** The halt, when it was tried last, and the way to try it. */
export function WayBack({ data: { lastDrill, may, standing, now } }: { data: RolloutPageData }) {
  const t = useTranslations("rollout.way");
  const format = useFormatter();
  const locale = useLocale();
  const b = (text: ReactNode) => <b className="b">{text}</b>;
  const last = () => {
    if (lastDrill === null) return t("never");
    const ago = format.relativeTime(lastDrill.at, now);
    const { gatewaysRunning: running, gatewaysConfirmed: confirmed, confirmedMs } = lastDrill;
    if (!running || confirmed === null || confirmedMs === null) return t("lastNone", { ago });
    const time = formatLatency(confirmedMs, locale);
    return t.rich("last", { b, ago, time, confirmed, running });
  };
  return (
    <RailSection title={t("title")}>
      <p className="m2">
        {t("text")} {last()}
      </p>
      {may.change && !standing.intent.halted ? (
        <p className="end-links">
          <DrillDialog version={standing.intent.version} act={drillAction} />
        </p>
      ) : null}
    </RailSection>
  );
}
