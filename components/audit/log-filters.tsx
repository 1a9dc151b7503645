import { X } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { FilterChoices } from "#components/ui/filter-choices.tsx";
import { FilterMenu } from "#components/ui/filter-menu.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { isFiltered, NO_FILTERS } from "#lib/audit-log/rules.ts";
import type { LogFilters as Filters, LogNames } from "#lib/audit-log/types.ts";
import { DaysForm } from "./days-form.tsx";
import { useEntryText } from "./use-entry-text.ts";
import { type Offered, useFilters } from "./use-filters.ts";

type LogFiltersProps = {
  filters: Filters;
  names: LogNames;
  offered: Offered;
  hrefOf(filters: Filters): string;
  /** The filter by a person, for those who may. */
  children?: ReactNode;
};

/** What the log is narrowed to: each filter a chip that opens its choices. */
export function LogFilters({ filters, names, offered, hrefOf, children }: LogFiltersProps) {
  const t = useTranslations("audit.filter");
  const all = useFilters({ filters, names, offered, hrefOf });
  const { object } = useEntryText(names);
  const { entity } = filters;
  return (
    <div className="acts log-filters">
      {all.map(({ name, chosen, clearHref, groups }) => (
        <FilterMenu
          key={name}
          name={t(name)}
          chosen={chosen}
          clearHref={clearHref}
          words={{ choose: t("choose", { name: t(name) }), remove: t("remove", { name: t(name) }) }}
          single={name === "time"}
        >
          {groups.map(({ title, choices }) => (
            <FilterChoices
              key={title ?? name}
              choices={choices}
              {...(title === undefined ? {} : { title })}
            />
          ))}
          {name === "time" ? <DaysForm filters={filters} hrefOf={hrefOf} /> : null}
        </FilterMenu>
      ))}
      {children}
      {entity === null ? null : (
        <Link
          className="chip on filter-chip"
          href={hrefOf({ ...filters, entity: null })}
          scroll={false}
          prefetch={false}
          aria-label={t("remove", { name: t("entity") })}
        >
          <b>{t("entity")}</b> <span>{object(entity.type)}</span> <Icon of={X} size={12} />
        </Link>
      )}
      {isFiltered(filters) ? (
        <Link className="btn quiet s" href={hrefOf(NO_FILTERS)} scroll={false} prefetch={false}>
          {t("clear")}
        </Link>
      ) : null}
    </div>
  );
}
