import { CircleCheck, Hourglass } from "lucide-react";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { Note } from "#components/ui/note.tsx";
import { RailSection } from "#components/ui/section.tsx";
import { Status } from "#components/ui/status.tsx";
import { formatLatency } from "#lib/format/numbers.ts";
import type { GatewayStand } from "#lib/rollout/types.ts";
import type { RolloutPageData } from "#lib/rollout-page/types.ts";

/** Whether each gateway runs what is asked, and after how long it took it. */
export function GatewaysRail({ data }: { data: RolloutPageData }) {
  const t = useTranslations("rollout.gateways");
  return (
    <RailSection title={t("title")} about={t("about")}>
      <GatewayRows data={data} />
      <UnleashEdition data={data} />
    </RailSection>
  );
}

/** One row for each gateway; with a halt, whether it is on legacy, and whether Unleash is switched off. */
export function GatewayRows({ data }: { data: RolloutPageData }) {
  const t = useTranslations("rollout.gateways");
  const { gateways, standing, now } = data;
  if (gateways.length === 0) return <p className="m2">{t("none")}</p>;
  return (
    <table className="tbl free tight">
      <thead className="vh">
        <tr>
          <th scope="col">{t("name")}</th>
          <th scope="col">{t("seen")}</th>
          <th scope="col">{t("state")}</th>
        </tr>
      </thead>
      <tbody>
        {gateways.map((gateway) => (
          <GatewayRow key={gateway.name} gateway={gateway} isHalted={standing.intent.halted} now={now} />
        ))}
        {standing.intent.halted ? <UnleashRow data={data} /> : null}
      </tbody>
    </table>
  );
}

type GatewayRowProps = { gateway: GatewayStand; isHalted: boolean; now: Date };

function GatewayRow({ gateway, isHalted, now }: GatewayRowProps) {
  const t = useTranslations("rollout.gateways");
  const format = useFormatter();
  const locale = useLocale();
  const { name, seenAt, tookMs, flagState } = gateway;
  const took = tookMs === null ? format.relativeTime(seenAt, now) : formatLatency(tookMs, locale);
  return (
    <tr>
      <th scope="row" className="mono">
        {name}
      </th>
      <td className="num m">{took}</td>
      <td className="num nw">
        {tookMs === null ? (
          <Status kind="wait" icon={Hourglass}>
            {t("waiting")}
          </Status>
        ) : isHalted || flagState === "connected" ? (
          <Status kind="ok" icon={CircleCheck}>
            {t(isHalted ? "onLegacy" : "confirmed")}
          </Status>
        ) : (
          <Status kind="due">{t("stale")}</Status>
        )}
      </td>
    </tr>
  );
}

/** Which Unleash drives the flag, and what it cannot do or refuses. */
function UnleashEdition({ data: { sighting, environment } }: { data: RolloutPageData }) {
  const t = useTranslations("rollout.gateways");
  if (!sighting?.serverVersion) return null;
  const { serverVersion: version, edition, limits } = sighting;
  if (limits?.changeRequests === "on") return <Note tone="bad">{t("changeRequests", { environment })}</Note>;
  return (
    <p className="small m next-note">
      {t("edition", { version, edition: edition ?? "" })}{" "}
      {limits?.changeRequests === "absent" ? t("noApprovals") : null}{" "}
      {limits?.strategies ? t("strategies", { count: limits.strategies }) : null}
    </p>
  );
}

function UnleashRow({ data: { sighting, drift } }: { data: RolloutPageData }) {
  const t = useTranslations("rollout.gateways");
  const isUnread = sighting === null || sighting.trouble !== null;
  const isOn = !isUnread && (drift?.differences ?? []).some(({ code }) => code === "switched_on");
  const key = isUnread ? "unleashUnread" : isOn ? "unleashOn" : "unleashOff";
  return (
    <tr>
      <th scope="row">{t("unleash")}</th>
      <td />
      <td className="num nw">
        <Status kind={isUnread || isOn ? "wait" : "ok"} {...(isUnread || isOn ? {} : { icon: CircleCheck })}>
          {t(key)}
        </Status>
      </td>
    </tr>
  );
}
