"use client";

import { useLocale, useTranslations } from "next-intl";
import { RailSection } from "#components/ui/section.tsx";
import { Status } from "#components/ui/status.tsx";
import { formatLatency } from "#lib/format/numbers.ts";
import type { GatewayRun, PolicyRun } from "#lib/policies/types.ts";

type RunSectionProps = {
  run: PolicyRun | null;
  /** Saved a moment ago on this page: the section is the result. */
  isResult: boolean;
};

/** Which gateways obey the policy in force, one row each, and stays until all of them do. */
export function RunSection({ run, isResult }: RunSectionProps) {
  const t = useTranslations("policies.run");
  if (run === null) return null;
  const { version, gateways } = run;
  return (
    <RailSection title={isResult ? t("result", { version }) : t("title")}>
      <div role="status">
        {gateways.length === 0 ? (
          <p className="m2">{t("none")}</p>
        ) : (
          <Summary run={run} isResult={isResult} />
        )}
      </div>
      <dl className="dl gateways">
        {gateways.map((gateway) => (
          <Gateway key={gateway.name} {...gateway} />
        ))}
      </dl>
      {isResult ? <p className="small m">{t("resultNote")}</p> : null}
    </RailSection>
  );
}

function Summary({ run: { version, gateways }, isResult }: { run: PolicyRun; isResult: boolean }) {
  const t = useTranslations("policies.run");
  const locale = useLocale();
  const obeying = gateways.filter(({ state }) => state === "obeys");
  const longest = Math.max(...obeying.map(({ afterMs }) => afterMs ?? -1));
  const values = { count: obeying.length, of: gateways.length, version };
  const isAll = obeying.length === gateways.length;
  const timed = isResult && isAll && longest >= 0;
  return (
    <p className={isResult ? "run-answer" : undefined}>
      <Status kind={isAll ? "ok" : "wait"}>
        {timed ? t("allAfter", { ...values, time: formatLatency(longest, locale) }) : t("some", values)}
      </Status>
    </p>
  );
}

function Gateway({ name, state, policyVersion, afterMs }: GatewayRun) {
  const t = useTranslations("policies.run");
  const locale = useLocale();
  const told = () => {
    if (state === "silent") return t("silent");
    if (state === "waiting")
      return policyVersion === null ? t("unknown") : t("older", { version: policyVersion });
    return afterMs === null ? t("obeys") : t("after", { time: formatLatency(afterMs, locale) });
  };
  return (
    <>
      <dt>{name}</dt>
      <dd>{told()}</dd>
    </>
  );
}
