"use client";

import { useTranslations } from "next-intl";
import { ActDialog } from "#components/forms/act-dialog.tsx";
import { RailSection } from "#components/ui/section.tsx";
import { ProbeForm } from "./probe-form.tsx";
import type { ProbeActs, ShownProbe } from "./types.ts";

type ProbeRailProps = { probe: ShownProbe | null; mayChange: boolean; acts: ProbeActs };

/** Where the legacy login is tried: to change for who may, to read for everybody else. */
export function ProbeRail({ probe, mayChange, acts }: ProbeRailProps) {
  const t = useTranslations("legacyLogin.rail");
  if (!mayChange)
    return (
      <RailSection title={t("title")}>
        {probe === null ? null : (
          <dl className="dl">
            <dt>{t("address")}</dt>
            <dd className="breaks">{probe.url}</dd>
            <dt>{t("pace")}</dt>
            <dd>{t("every", { minutes: probe.everyMinutes })}</dd>
            <dt>{t("secret")}</dt>
            <dd>{t(probe.hasSecret ? "kept" : "none")}</dd>
          </dl>
        )}
        <p className="small m">{t("whoMay")}</p>
      </RailSection>
    );
  return (
    <>
      <RailSection title={t("title")}>
        <ProbeForm probe={probe} change={acts.change} />
      </RailSection>
      {probe === null ? null : (
        <RailSection title={t("off.title")}>
          <p className="m2">{t("off.text")}</p>
          <div className="acts" style={{ paddingTop: 8 }}>
            <ActDialog
              opener={{ text: t("off.open"), look: "danger" }}
              title={t("off.question")}
              danger
              words={{ keep: t("off.keep"), submit: t("off.do"), busy: t("off.busy") }}
              act={acts.end}
              about={{}}
            >
              <p className="m2">{t("off.what")}</p>
            </ActDialog>
          </div>
        </RailSection>
      )}
    </>
  );
}
