import { useFormatter, useLocale, useTranslations } from "next-intl";
import { CircuitActs } from "#components/service-health/circuit-acts.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import { RailSection } from "#components/ui/section.tsx";
import { Status } from "#components/ui/status.tsx";
import { formatPercent } from "#lib/format/numbers.ts";
import { breakerDefaults } from "#lib/multibiometrics/circuit.ts";
import { openCircuitAction, releaseCircuitAction } from "../actions.ts";
import type { ViewProps } from "./health-view.tsx";

const ACTS = { open: openCircuitAction, release: releaseCircuitAction };

/** The circuit of each gateway, as it last reported it, and the hand switch for who may use it. */
export function CircuitRail({ data }: ViewProps) {
  const { hold, mayHold, switchVersion } = data;
  const t = useTranslations("serviceHealth.circuit");
  const locale = useLocale();
  const { failureShare, windowCalls, probeAfterMs } = breakerDefaults;
  return (
    <RailSection title={t("title")} about={t("about")}>
      <Standing data={data} />
      {hold === null ? null : <Hold hold={hold} />}
      <p className="small m foot">
        {t("rule", {
          share: formatPercent(failureShare, locale, 0),
          calls: windowCalls,
          seconds: probeAfterMs / 1000,
        })}
      </p>
      {mayHold ? (
        <ClientMessages rooms={["circuit", "errors"]}>
          <CircuitActs isHeld={hold !== null} version={switchVersion} acts={ACTS} />
        </ClientMessages>
      ) : null}
    </RailSection>
  );
}

const STATES = { closed: "closed", open: "openState", half_open: "halfOpen", held: "heldState" } as const;

function Standing({ data: { circuits, hold } }: ViewProps) {
  const t = useTranslations("serviceHealth.circuit");
  if (circuits.length === 0) return <p className="m">{t("noGateway")}</p>;
  const open = circuits.filter(({ circuit }) => circuit !== "closed");
  const line =
    hold !== null ? (
      <Status kind="due">{t("held", { count: hold.obeying, of: hold.running })}</Status>
    ) : open.length === 0 ? (
      <Status kind="ok">{t("allClosed", { count: circuits.length })}</Status>
    ) : (
      <Status kind="fail">{t("open", { count: open.length, of: circuits.length })}</Status>
    );
  const isToldOfEach = hold === null ? open.length > 0 : hold.obeying < hold.running;
  return (
    <>
      <p style={{ paddingBottom: 6 }}>{line}</p>
      {isToldOfEach ? (
        <dl className="dl">
          {circuits.map(({ name, circuit }) => (
            <div key={name} className="pair">
              <dt>
                <code>{name}</code>
              </dt>
              <dd>{t(STATES[circuit as keyof typeof STATES] ?? "closed")}</dd>
            </div>
          ))}
        </dl>
      ) : null}
    </>
  );
}

function Hold({ hold }: { hold: NonNullable<ViewProps["data"]["hold"]> }) {
  const t = useTranslations("serviceHealth.circuit");
  const format = useFormatter();
  return (
    <dl className="dl">
      <dt>{t("by")}</dt>
      <dd>{hold.by ?? t("someone")}</dd>
      <dt>{t("until")}</dt>
      <dd>{format.dateTime(hold.heldUntil, "minute")}</dd>
      <dt>{t("why")}</dt>
      <dd className="breaks">{hold.reason}</dd>
    </dl>
  );
}
