import "#components/fallback/fallback.css";
import { CornerDownLeft } from "lucide-react";
import { useTranslations } from "next-intl";
import { Freshness } from "#components/layout/freshness.tsx";
import { Page } from "#components/layout/page.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import { State } from "#components/ui/state.tsx";
import type { FallbackData } from "#lib/fallback-page/loaders.ts";
import { isFiltered, noFilters } from "#lib/fallback-page/rules.ts";
import type { FallbackSearch } from "#lib/fallback-page/types.ts";
import { fallbackPath } from "../search-params.ts";
import { ComparedTable } from "./compared-table.tsx";
import { FallbackHead } from "./fallback-head.tsx";
import { Filters } from "./filters.tsx";
import { FunnelSection } from "./funnel-section.tsx";
import { PeriodBar } from "./period-bar.tsx";
import { ApartRail, TryRail, WorstRail } from "./rail.tsx";
import { RateChart } from "./rate-chart.tsx";

export type ViewProps = { search: FallbackSearch; data: FallbackData };

/** Why people end on the old way: the sentence, the rate over time, what moved it, and where the logins went. */
export function FallbackView({ search, data }: ViewProps) {
  const t = useTranslations("fallback");
  const { split } = search;
  const isNone = data.whole !== null && data.whole.now.of === 0;
  const rail = isNone ? undefined : (
    <>
      <WorstRail search={search} data={data} />
      <TryRail data={data} />
      <ApartRail search={search} data={data} />
    </>
  );
  return (
    <Page {...(rail === undefined ? {} : { rail, railLabel: t("rail") })}>
      <FallbackHead data={data} acts={<Freshness asOf={data.now} />} />
      <PeriodBar search={search} data={data} />
      <Filters search={search} data={data} />
      {isNone ? (
        <NoLogins search={search} />
      ) : (
        <>
          <ClientMessages rooms={["charts"]}>
            <RateChart search={search} data={data} />
          </ClientMessages>
          {split === null || split === "reason" ? null : (
            <ComparedTable facet={split} search={search} data={data} />
          )}
          <ComparedTable facet="reason" search={search} data={data} />
          <FunnelSection search={search} data={data} />
        </>
      )}
    </Page>
  );
}

/** Why there is nothing to show, and the act that helps: fewer filters, or a longer time. */
function NoLogins({ search }: { search: FallbackSearch }) {
  const t = useTranslations("fallback");
  const state = isFiltered(search.filters) ? "filtered" : "quiet";
  const href = {
    filtered: fallbackPath({ ...search, filters: noFilters() }),
    // Nothing is longer than the longest span.
    quiet:
      search.days === null && search.span === "90d"
        ? null
        : fallbackPath({ ...search, span: "90d", days: null }),
  }[state];
  return (
    <State
      icon={CornerDownLeft}
      title={t(`empty.${state}.title`)}
      act={href === null ? null : <ButtonLink href={href}>{t(`empty.${state}.act`)}</ButtonLink>}
    >
      {t(`empty.${state}.text`)}
    </State>
  );
}
