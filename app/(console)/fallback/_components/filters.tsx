import Link from "next/link";
import { useTranslations } from "next-intl";
import { FilterChoices } from "#components/ui/filter-choices.tsx";
import { FilterMenu } from "#components/ui/filter-menu.tsx";
import { isFiltered, noFilters, toggled } from "#lib/fallback-page/rules.ts";
import { FACET_NAMES, type FacetName } from "#lib/fallback-page/types.ts";
import { fallbackPath } from "../search-params.ts";
import type { ViewProps } from "./fallback-view.tsx";
import { useValueText } from "./use-words.ts";

/** What the figures are narrowed to: each facet a chip that opens its values, most frequent first. */
export function Filters({ search, data }: ViewProps) {
  const t = useTranslations("fallback");
  const valueText = useValueText(data.applications);
  const { filters } = search;
  const chosenText = (facet: FacetName) =>
    filters[facet].map((value) => valueText(facet, value)).join(", ") || null;
  return (
    <div className="acts fallback-filters">
      {FACET_NAMES.filter((facet) => data.choices[facet].length > 0).map((facet) => (
        <FilterMenu
          key={facet}
          name={t(`facet.${facet}`)}
          chosen={chosenText(facet)}
          clearHref={fallbackPath({ ...search, filters: { ...filters, [facet]: [] } })}
          words={{
            choose: t("filter.choose", { name: t(`facet.${facet}`) }),
            remove: t("filter.remove", { name: t(`facet.${facet}`) }),
          }}
        >
          <FilterChoices
            choices={data.choices[facet].map((value) => ({
              id: value,
              text: valueText(facet, value),
              chosen: (filters[facet] as readonly string[]).includes(value),
              href: fallbackPath({ ...search, filters: toggled(filters, facet, value) }),
            }))}
          />
        </FilterMenu>
      ))}
      {isFiltered(filters) ? (
        <Link
          className="btn quiet s"
          href={fallbackPath({ ...search, filters: noFilters() })}
          scroll={false}
          prefetch={false}
        >
          {t("filter.clear")}
        </Link>
      ) : null}
    </div>
  );
}
