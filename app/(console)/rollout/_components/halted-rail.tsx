import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Note } from "#components/ui/note.tsx";
import { RailSection } from "#components/ui/section.tsx";
import type { RolloutPageData } from "#lib/rollout-page/types.ts";
import { GatewayRows } from "./gateways-rail.tsx";
import { useStageNames } from "./use-stage-names.ts";

const SECONDS_TOLD = 600;

/** After a halt: whether everybody is safe, what happened since, and how it ends. */
export function HaltedRail({ data }: { data: RolloutPageData }) {
  const t = useTranslations("rollout.safe");
  const format = useFormatter();
  const names = useStageNames();
  const { lastHalt, now, sinceHalt, standing } = data;
  const seconds = lastHalt ? Math.round((now.getTime() - lastHalt.at.getTime()) / 1000) : null;
  const since = seconds !== null && seconds < SECONDS_TOLD ? t("since", { seconds }) : undefined;
  return (
    <>
      <RailSection title={t("title")} about={since}>
        <Safety data={data} />
        <GatewayRows data={data} />
      </RailSection>
      {sinceHalt === null ? null : (
        <RailSection title={t("sinceTitle")}>
          <dl className="dl">
            <dt>{t("logins")}</dt>
            <dd>{format.number(sinceHalt.logins)}</dd>
            <dt>{t("onLegacy")}</dt>
            <dd>{format.number(sinceHalt.onLegacy)}</dd>
            <dt>{t("offered")}</dt>
            <dd className="b">{format.number(sinceHalt.offered)}</dd>
          </dl>
        </RailSection>
      )}
      <RailSection title={t("againTitle")}>
        <p className="m2">{t("again", { to: names.inSentence(standing.intent.exposurePercent) })}</p>
      </RailSection>
    </>
  );
}

function Safety({ data: { gateways } }: { data: RolloutPageData }) {
  const t = useTranslations("rollout.safe");
  const format = useFormatter();
  const b = (text: ReactNode) => <b>{text}</b>;
  const silent = gateways.filter(({ tookMs }) => tookMs === null).map(({ name }) => name);
  const running = gateways.length;
  if (running === 0) return <Note tone="ok">{t.rich("none", { b })}</Note>;
  if (silent.length === 0) return <Note tone="ok">{t.rich("all", { b, running })}</Note>;
  const about = {
    confirmed: running - silent.length,
    running,
    names: format.list(silent),
    count: silent.length,
  };
  return <Note tone="warn">{t.rich("some", { b, ...about })}</Note>;
}
