import { ScrollText } from "lucide-react";
import { useTranslations } from "next-intl";
import { LogTable } from "#components/audit/log-table.tsx";
import { NewerEntries } from "#components/audit/newer-entries.tsx";
import { PagerWays } from "#components/data-table/pager-ways.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { State } from "#components/ui/state.tsx";
import type { AuditLogData } from "#lib/audit-log/loaders.ts";
import { edgesOf, isFiltered, NO_FILTERS } from "#lib/audit-log/rules.ts";
import type { LogFilters } from "#lib/audit-log/types.ts";
import { type AuditSearch, auditPath } from "../search-params.ts";

/** One page of the log, or why there is none. */
export function LogRows({ search, data }: { search: AuditSearch; data: AuditLogData }) {
  const { place, filters, entry } = search;
  const { page, count, names, isOneDay } = data;
  if (page.rows.length === 0) return <NoRows isNarrowed={isFiltered(filters)} />;
  const at = (change: Partial<AuditSearch>) => auditPath({ ...search, ...change });
  const { order, unfold } = place;
  const { first, last } = edgesOf(page.rows);
  const isNewest = order === "newest" && place.cursor === null;
  return (
    <>
      <LogTable
        rows={page.rows}
        names={names}
        order={order}
        unfold={unfold}
        count={count}
        isOneDay={isOneDay}
        openId={entry}
        newer={
          isNewest && first ? (
            <NewerEntries path={newerPath(filters, first)} href={at({ entry: null })} />
          ) : null
        }
        hrefs={{
          entry: (id) => at({ entry: id }),
          unfold: (ids) => at({ place: { ...place, unfold: ids } }),
          otherOrder: at({
            place: { order: order === "newest" ? "oldest" : "newest", cursor: null, unfold: [] },
          }),
        }}
      />
      <div className="pager">
        <PagerWays
          isNewestFirst={order === "newest"}
          previousHref={
            page.hasPrevious && first
              ? at({ place: { ...place, cursor: { ...first, direction: "before" } } })
              : null
          }
          nextHref={
            page.hasNext && last ? at({ place: { ...place, cursor: { ...last, direction: "after" } } }) : null
          }
        />
      </div>
    </>
  );
}

/** Asks how many entries came after this one, by the same filters. */
const newerPath = (filters: LogFilters, { at, id }: { at: Date; id: string }): string =>
  auditPath({
    filters,
    place: { order: "newest", cursor: { at, id, direction: "after" }, unfold: [] },
    entry: null,
  }).replace("/audit", "/api/audit/newer");

function NoRows({ isNarrowed }: { isNarrowed: boolean }) {
  const t = useTranslations("audit.empty");
  const kind = isNarrowed ? "filtered" : "all";
  return (
    <State
      icon={ScrollText}
      title={t(`${kind}.title`)}
      act={
        isNarrowed ? (
          <ButtonLink
            href={auditPath({
              filters: NO_FILTERS,
              place: { order: "newest", cursor: null, unfold: [] },
              entry: null,
            })}
          >
            {t("filtered.act")}
          </ButtonLink>
        ) : null
      }
    >
      {t(`${kind}.text`)}
    </State>
  );
}
