import { useFormatter, useLocale, useTranslations } from "next-intl";
import { Page } from "#components/layout/page.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { Section } from "#components/ui/section.tsx";
import { inSentence } from "#lib/format/in-sentence.ts";
import { formatPercent } from "#lib/format/numbers.ts";
import type { Figures, Overview } from "#lib/overview/types.ts";
import { HoursChart } from "./hours-chart.tsx";
import { KeyFigures } from "./key-figures.tsx";
import { LatestVerifications } from "./latest-verifications.tsx";
import { WhatRuns } from "./what-runs.tsx";

type FiguresOverviewProps = Extract<Overview, { kind: "figures" }>;

/** The overview once logins exist: is login healthy, in figures that carry their base. */
export function FiguresOverview({ figures, latest, checks, site }: FiguresOverviewProps) {
  const t = useTranslations("overview");
  const format = useFormatter();
  const { offered, routed, openLogins } = figures;
  const ends = [t("figures.last.offered", { offered })];
  if (routed !== null) ends.push(t("figures.last.routed", { routed }));
  if (openLogins !== null && openLogins > 0) ends.push(t("figures.last.open", { count: openLogins }));
  return (
    <Page rail={<WhatRuns checks={checks} site={site} exposure={null} />} railLabel={t("rail")}>
      <PageHead answer={<Answer figures={figures} />} lead={<Lead figures={figures} />} />
      <Section
        title={t("figures.last.title")}
        about={t("figures.last.since", { time: format.dateTime(figures.since, "minute") })}
        end={ends.join(" · ")}
      >
        <KeyFigures figures={figures} />
      </Section>
      <HoursChart figures={figures} />
      {latest === null ? null : <LatestVerifications rows={latest} />}
    </Page>
  );
}

function Answer({ figures }: { figures: Figures }) {
  const t = useTranslations("overview.figures.answer");
  const locale = useLocale();
  const { apiTrouble, offered, openLogins, split, completed, fallback } = figures;
  if (apiTrouble) return t("trouble");
  if (offered === 0 && openLogins) return t("underWay", { open: openLogins });
  if (offered === 0) return t("none");
  if (!split) return t("hidden", { offered });
  if (!completed?.rate || !fallback?.rate) return t("counts", { completed: split.completed, offered });
  return t("rates", {
    completed: formatPercent(completed.rate.share, locale),
    fallback: formatPercent(fallback.rate.share, locale),
  });
}

function Lead({ figures }: { figures: Figures }) {
  const t = useTranslations("overview.figures.lead");
  const terms = useTranslations("terms.fallbackReason");
  const { apiTrouble, apiErrors, offered, openLogins, split, topReason, routed } = figures;
  if (apiTrouble)
    return apiErrors ? t("trouble", { errors: apiErrors.count, calls: apiErrors.of }) : t("hidden");
  if (offered === 0 && openLogins) return t("underWay");
  if (offered === 0) return routed === null ? t("hidden") : t("routed", { routed });
  if (!split) return t("hidden");
  if (split.fellBack === 0) return t("noFallback");
  if (!topReason) return t("manyReasons", { fallbacks: split.fellBack });
  const { reason, count } = topReason;
  return t("reason", { fallbacks: split.fellBack, reason: inSentence(terms(reason)), count });
}
