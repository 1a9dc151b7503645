import { CircleAlert, CircleCheck } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { Status } from "#components/ui/status.tsx";
import type { Exposure } from "#lib/service-health/types.ts";
import { Halt, type HaltActs, ReleaseHalt } from "./halt.tsx";

type ExposureStripProps = {
  /** `null` before the rollout is prepared, `undefined` when it cannot be read. */
  exposure: Exposure | null | undefined;
  halt: HaltActs;
};

/** How far biometric login is open, which gateways confirm it, and the way to stop it: always in view. */
export function ExposureStrip({ exposure, halt }: ExposureStripProps) {
  const t = useTranslations("shell.strip");
  return (
    <div className="strip">
      <span>
        <span className="lbl">{t("label")} </span>
        {exposure ? <Track percent={offersNobody(exposure) ? 0 : exposure.exposurePercent} /> : null}{" "}
        <b className="b">
          {exposure ? <Level exposure={exposure} /> : t(exposure === null ? "unknown" : "unread")}
        </b>
      </span>
      {exposure ? <Gateways exposure={exposure} /> : null}
      {exposure ? <HaltActsOf exposure={exposure} {...halt} /> : null}
    </div>
  );
}

const offersNobody = ({ halted, circuitHeldUntil }: Exposure): boolean => halted || circuitHeldUntil !== null;

function HaltActsOf({ exposure, halt, release }: { exposure: Exposure } & HaltActs) {
  const { exposurePercent: percent, halted, version } = exposure;
  if (halted)
    return release === null ? null : <ReleaseHalt percent={percent} version={version} act={release} />;
  return halt === null ? null : <Halt percent={percent} act={halt} />;
}

/** What is so now: a halt, the circuit held open, or how far it is open. */
function Level({ exposure: { halted, circuitHeldUntil, exposurePercent } }: { exposure: Exposure }) {
  const t = useTranslations("shell.strip");
  const format = useFormatter();
  if (halted) return t("halted");
  if (circuitHeldUntil !== null) return t("held", { until: format.dateTime(circuitHeldUntil, "clock") });
  return t("percent", { percent: exposurePercent });
}

function Track({ percent }: { percent: number }) {
  const end = (percent / 100) * 84;
  return (
    <svg className="track" viewBox="0 0 84 14" aria-hidden="true">
      <path d="M0 8H84" stroke="var(--hair-2)" strokeWidth="4" />
      {percent > 0 ? <path d={`M0 8H${end}`} stroke="var(--accent)" strokeWidth="4" /> : null}
      <path
        d="M83 4V12"
        stroke={percent === 100 ? "var(--ink)" : "var(--edge)"}
        strokeWidth={percent === 100 ? 2 : 1}
      />
    </svg>
  );
}

function Gateways({ exposure }: { exposure: Exposure }) {
  const t = useTranslations("shell.strip");
  const { confirmedGateways: confirmed, runningGateways: total } = exposure;
  const all = total > 0 && confirmed === total;
  return (
    <span className="gw">
      <Status kind={all ? "ok" : "due"} icon={all ? CircleCheck : CircleAlert}>
        {total === 0 ? t("noGateway") : t("gateways", { confirmed, total })}
      </Status>
    </span>
  );
}
