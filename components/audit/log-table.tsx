import { ArrowDown, ArrowUp } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ViewedTable } from "#components/data-table/viewed-table.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { countShown } from "#lib/audit-log/rules.ts";
import type { LogNames, LogRow } from "#lib/audit-log/types.ts";
import type { Order } from "#lib/verifications/types.ts";
import { EntryRow } from "./entry-row.tsx";
import { FoldRow } from "./fold-row.tsx";

/** The addresses of the log that its rows lead to. */
export type LogHrefs = {
  entry(id: string): string;
  unfold(ids: readonly string[] | "all"): string;
  otherOrder: string;
};

type LogTableProps = {
  rows: readonly LogRow[];
  names: LogNames;
  order: Order;
  unfold: readonly string[] | "all";
  /** How many pass the filters, where that is counted. */
  count: { entries: number; isMore: boolean } | null;
  /** The rows are all of one day: their time of day is enough. */
  isOneDay: boolean;
  openId: string | null;
  hrefs: LogHrefs;
  /** Offers what came since. */
  newer: ReactNode;
};

const COLUMNS = ["entry", "about", "who", "result"] as const;

/** The log as rows that open; runs of routine entries are one row each. */
export function LogTable(props: LogTableProps) {
  const { rows, names, order, unfold, isOneDay, openId, hrefs } = props;
  const t = useTranslations("audit");
  return (
    <ViewedTable
      name="audit"
      label={t("title")}
      columns={COLUMNS.map((id) => ({ id, title: t(`columns.${id}`) }))}
      above={<Above {...props} />}
      goOnFrom={unfold === "all" ? null : (unfold.at(-1) ?? null)}
    >
      <thead>
        <tr>
          <th scope="col" className="num col-entry">
            {t("columns.entry")}
          </th>
          <th scope="col" aria-sort={order === "newest" ? "descending" : "ascending"}>
            <Link
              href={hrefs.otherOrder}
              scroll={false}
              prefetch={false}
              aria-label={t("sort.change", { order: t(`sort.${order === "newest" ? "oldest" : "newest"}`) })}
            >
              {t("columns.time")} <Icon of={order === "newest" ? ArrowDown : ArrowUp} size={12} />
            </Link>
          </th>
          <th scope="col">{t("columns.act")}</th>
          <th scope="col" className="col-about">
            {t("columns.about")}
          </th>
          <th scope="col" className="col-who">
            {t("columns.who")}
          </th>
          <th scope="col" className="col-result">
            {t("columns.result")}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) =>
          row.fold === null ? (
            <EntryRow
              key={row.entry.id}
              entry={row.entry}
              names={names}
              isOneDay={isOneDay}
              isOpen={row.entry.id === openId}
              href={hrefs.entry(row.entry.id)}
            />
          ) : (
            <FoldRow key={row.fold.entries[0]?.id} fold={row.fold} unfold={unfold} hrefOf={hrefs.unfold} />
          ),
        )}
      </tbody>
    </ViewedTable>
  );
}

/** How much stands here, and the way to see all of it. */
function Above({ rows, unfold, count, hrefs, newer }: LogTableProps) {
  const t = useTranslations("audit");
  const { shown, folded } = countShown(rows);
  const counted =
    count === null ? [] : [t(count.isMore ? "count.more" : "count.whole", { count: count.entries })];
  const isUnfolded = unfold.length > 0;
  return (
    <>
      {folded > 0 || isUnfolded ? (
        <Link
          className="btn quiet s"
          href={hrefs.unfold(folded > 0 ? "all" : [])}
          scroll={false}
          prefetch={false}
        >
          {t(folded > 0 ? "acts.unfold" : "acts.fold")}
        </Link>
      ) : null}
      {newer}
      <span className="m small log-count" role="status">
        {[...counted, t("count.shown", { shown, folded })].join(" · ")}
      </span>
    </>
  );
}
