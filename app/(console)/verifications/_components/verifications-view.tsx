import "#components/verifications/verifications.css";
import { useTranslations } from "next-intl";
import { Page } from "#components/layout/page.tsx";
import { Facets } from "#components/verifications/facets.tsx";
import { FilterChips } from "#components/verifications/filter-chips.tsx";
import { TimeLine } from "#components/verifications/time-line.tsx";
import { VerificationsHead } from "#components/verifications/verifications-head.tsx";
import type { VerificationsData } from "#lib/verifications/loaders.ts";
import type { VerificationFilters } from "#lib/verifications/types.ts";
import { type VerificationsSearch, verificationsPath } from "../search-params.ts";
import { VerificationRows } from "./verification-rows.tsx";

/** What did not match, for whom and since when: the sentence, the filters, the time line and the rows. */
export function VerificationsView({
  search,
  data,
}: {
  search: VerificationsSearch;
  data: VerificationsData;
}) {
  const { filters, order } = search;
  const hrefOf = (changed: VerificationFilters) =>
    verificationsPath({ filters: changed, order, cursor: null });
  const all = data.bars.flatMap(({ cells }) => cells);
  const inRange = data.bars.filter(({ at }) => at >= data.limits.from && at < data.limits.to);
  return (
    <Page>
      <VerificationsHead cells={all} window={filters.window} />
      <div className="acts filter-acts">
        <FilterChips filters={filters} hrefOf={hrefOf} />
        {data.hidesTimeLine ? null : <Legend />}
      </div>
      <div className="explore">
        <Facets
          cells={inRange.flatMap(({ cells }) => cells)}
          filters={filters}
          hidesSmallCells={data.hidesSmallCells}
          hrefOf={hrefOf}
        />
        <div>
          {data.hidesTimeLine ? null : (
            <TimeLine bars={data.bars} to={data.window.to} filters={filters} hrefOf={hrefOf} />
          )}
          <VerificationRows search={search} data={data} isEmpty={all.length === 0} />
        </div>
      </div>
    </Page>
  );
}

/** What the two colours of the time line mean. */
function Legend() {
  const t = useTranslations("verifications.histogram");
  return (
    <span className="m small keys">
      <span>
        <span className="key k1" />
        {t("shown")}
      </span>
      <span>
        <span className="key k0" />
        {t("leftOut")}
      </span>
    </span>
  );
}
