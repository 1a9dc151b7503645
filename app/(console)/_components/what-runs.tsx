import { useFormatter, useTranslations } from "next-intl";
import { RailSection } from "#components/ui/section.tsx";
import { Status } from "#components/ui/status.tsx";
import type { Site } from "#lib/overview/types.ts";
import type { Exposure, PartCheck } from "#lib/service-health/types.ts";

type WhatRunsProps = { checks: PartCheck[]; site: Site; exposure?: Exposure | null };

/** Each part as it answered while this page was made. */
export function WhatRuns({ checks, site, exposure }: WhatRunsProps) {
  const t = useTranslations("overview.runs");
  const format = useFormatter();
  const { embedded } = site;
  const all = embedded.database && embedded.unleash && embedded.api;
  return (
    <RailSection title={t("title")} about={t("since", { time: format.dateTime(site.startedAt, "minute") })}>
      <table className="tbl free">
        <tbody>
          {checks.map((check) => (
            <tr key={check.part}>
              <td className="two-line">
                {t(`part.${check.part}`)}
                <small>
                  <PartDetail check={check} site={site} exposure={exposure ?? null} />
                </small>
              </td>
              <td className="r">
                {check.ok ? (
                  <Status kind="ok">{t("working")}</Status>
                ) : (
                  <Status kind="fail">{t("silent")}</Status>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {all ? <p className="small m foot">{t("here")}</p> : null}
    </RailSection>
  );
}

function PartDetail({ check, site, exposure }: { check: PartCheck; site: Site; exposure: Exposure | null }) {
  const t = useTranslations("overview.runs");
  const { part, ok, latencyMs } = check;
  if (!ok) return t(`down.${part}`);
  if (part === "gateway") return t("answers", { ms: latencyMs ?? 0 });
  if (part === "api") return t("kind.faces");
  if (part === "unleash" && site.embedded.unleash && exposure)
    return t("kind.flag", { percent: exposure.halted ? 0 : exposure.exposurePercent });
  return site.embedded[part] ? t("kind.embedded") : t("kind.own");
}
