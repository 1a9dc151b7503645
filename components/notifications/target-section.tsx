import { useTranslations } from "next-intl";
import { Section } from "#components/ui/section.tsx";
import { Status, type StatusKind } from "#components/ui/status.tsx";
import { eventsFor, toldOf } from "#lib/notifications/rules.ts";
import type { Standing } from "#lib/notifications/types.ts";
import { Deliveries } from "./deliveries.tsx";
import { TargetBar } from "./target-bar.tsx";
import type { ShownTarget, TargetActs } from "./types.ts";

const STANDINGS: Record<Standing, StatusKind> = {
  working: "ok",
  failing: "fail",
  paused: "none",
  unused: "open",
};

/** One target: how it stands, what it is told, what can be done with it, and how its last deliveries went. */
export function TargetSection({ target, acts }: { target: ShownTarget; acts: TargetActs }) {
  const t = useTranslations("notifications");
  const { standing, events, deliveries } = target;
  const offered = eventsFor(target.kind);
  const everything = events.length === offered.length;
  return (
    <Section
      title={target.name}
      about={`${t(`kind.${target.kind}`)} · ${target.address}`}
      end={
        <Status kind={STANDINGS[standing]} quiet={standing === "working"}>
          {t(`standing.${standing}`)}
        </Status>
      }
    >
      <p className="m2">
        {everything
          ? t("told.everything")
          : t("told.some", {
              events: toldOf(events, offered)
                .map((key) => t(key))
                .join(", "),
            })}
        {target.isEncrypted ? null : <span className="m"> {t("notEncrypted")}</span>}
      </p>
      <TargetBar target={target} acts={acts} />
      {deliveries.length === 0 ? (
        <p className="small m">{t("deliveries.none")}</p>
      ) : (
        <Deliveries deliveries={deliveries} label={t("deliveries.of", { name: target.name })} />
      )}
    </Section>
  );
}
