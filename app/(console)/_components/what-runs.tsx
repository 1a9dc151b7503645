import { useFormatter, useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { RailSection } from "#components/ui/section.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { Status } from "#components/ui/status.tsx";
import type { Site } from "#lib/overview/types.ts";
import type { Exposure, PartCheck } from "#lib/service-health/types.ts";

type WhatRunsProps = { checks: Promise<PartCheck[]>; site: Site; exposure: Exposure | null };

/** Each part as it answers while this page is made; the page does not wait for one that hangs. */
export function WhatRuns({ checks, site, exposure }: WhatRunsProps) {
  const t = useTranslations("overview.runs");
  const format = useFormatter();
  const { embedded } = site;
  const all = embedded.database && embedded.unleash && embedded.api;
  const loading = useTranslations("common")("loading");
  return (
    <RailSection title={t("title")} about={t("since", { time: format.dateTime(site.startedAt, "minute") })}>
      <Suspense fallback={<SkeletonRows rows={embedded.api ? 4 : 3} label={loading} />}>
        <PartRows checks={checks} site={site} exposure={exposure} />
      </Suspense>
      {all ? <p className="small m foot">{t("here")}</p> : null}
    </RailSection>
  );
}

/** A row for each part, once it has answered or was found silent. */
export async function PartRows({ checks, site, exposure }: WhatRunsProps) {
  const t = await getTranslations("overview.runs");
  return (
    <table className="tbl free">
      <tbody>
        {(await checks).map((check) => (
          <tr key={check.part}>
            <td className="two-line">
              {t(`part.${check.part}`)}
              <small>
                <PartDetail check={check} site={site} exposure={exposure} />
              </small>
            </td>
            <td className="r">
              <PartStatus check={check} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function PartStatus({ check }: { check: PartCheck }) {
  const t = useTranslations("overview.runs");
  return check.ok ? <Status kind="ok">{t("working")}</Status> : <Status kind="fail">{t("silent")}</Status>;
}

type PartDetailProps = { check: PartCheck; site: Site; exposure: Exposure | null };

function PartDetail({ check, site, exposure }: PartDetailProps) {
  const t = useTranslations("overview.runs");
  const { part, ok, latencyMs } = check;
  if (!ok) return t(`down.${part}`);
  if (part === "gateway") return t("answers", { ms: latencyMs ?? 0 });
  if (part === "api") return t("kind.faces");
  if (part === "unleash" && site.embedded.unleash && exposure)
    return t("kind.flag", { percent: exposure.halted ? 0 : exposure.exposurePercent });
  return site.embedded[part] ? t("kind.embedded") : t("kind.own");
}
