import "#components/verifications/verifications.css";
import { Page } from "#components/layout/page.tsx";
import { LiveTail } from "#components/live-tail/live-tail.tsx";
import { ClientMessages } from "#components/ui/client-messages.tsx";
import { Facets } from "#components/verifications/facets.tsx";
import { FilterChips } from "#components/verifications/filter-chips.tsx";
import { FilterFinder } from "#components/verifications/filter-finder.tsx";
import { useFilterOptions } from "#components/verifications/filter-options.ts";
import { TimeBrush } from "#components/verifications/time-brush.tsx";
import { VerificationsHead } from "#components/verifications/verifications-head.tsx";
import type { VerificationsData } from "#lib/verifications/loaders.ts";
import { isFiltered, noFacets, placesOf, totalOf } from "#lib/verifications/rules.ts";
import type { VerificationFilters } from "#lib/verifications/types.ts";
import { searchOf, type VerificationsSearch, verificationsPath } from "../search-params.ts";
import { ListActs } from "./list-acts.tsx";
import { VerificationRows } from "./verification-rows.tsx";
import { ViewActs, type Views, ViewTrouble } from "./view-acts.tsx";

type ViewProps = {
  place: Omit<VerificationsSearch, "filters" | "opensView">;
  data: VerificationsData;
  views: Views;
};

/** What did not match, for whom and since when: the sentence, the filters, the time line and the rows. */
export function VerificationsView({ place, data, views }: ViewProps) {
  const { filters, bars, to, limits, applications } = data;
  const { window: all, list: cells } = data.counts;
  const hrefOf = (changed: VerificationFilters) =>
    verificationsPath({ ...place, filters: changed, cursor: null });
  const livePath = livePathOf(place, data);
  const total = totalOf(cells, filters);
  const clearHref = isFiltered(filters) ? hrefOf({ ...filters, ...noFacets(), range: null }) : null;
  const options = useFilterOptions({ cells: all, filters, applications, hrefOf });
  return (
    <Page>
      <LiveTail path={livePath} isEmpty={data.page?.rows.length === 0}>
        <VerificationsHead
          cells={all}
          bars={bars}
          to={to}
          window={filters.window}
          asOf={data.now}
          acts={
            <>
              <ViewActs views={views} search={searchOf({ filters, order: place.order })} />
              <ListActs data={data} total={total} canBeLive={livePath !== null} />
            </>
          }
        />
        <ViewTrouble open={views.open} />
        <div className="acts filter-acts">
          <FilterChips {...{ filters, applications, clearHref, hrefOf }}>
            <ClientMessages rooms={["verifications"]}>
              <FilterFinder options={options} clearHref={clearHref} />
            </ClientMessages>
          </FilterChips>
        </div>
        <div className="explore">
          <Facets {...{ cells, filters, applications, hrefOf }} hidesSmallCells={data.hidesSmallCells} />
          <div>
            {data.hidesTimeLine ? null : (
              <ClientMessages rooms={["verifications", "charts"]}>
                <TimeBrush
                  bars={bars}
                  to={to}
                  chosen={placesOf(bars, limits)}
                  window={filters.window}
                  path={hrefOf({ ...filters, range: null })}
                />
              </ClientMessages>
            )}
            <VerificationRows place={place} data={data} total={total} isEmpty={all.length === 0} />
          </div>
        </div>
      </LiveTail>
    </Page>
  );
}

/** Where what comes in is told; null where it has no place in this page of the list. */
function livePathOf(
  { order, cursor }: ViewProps["place"],
  { filters, page }: VerificationsData,
): string | null {
  if (page === null || order !== "newest" || cursor !== null || filters.range !== null) return null;
  const { search } = new URL(verificationsPath({ filters, order, cursor }), "http://console");
  return `/api/verifications/live${search}`;
}
