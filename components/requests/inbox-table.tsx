"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { type DataColumn, DataTable } from "#components/data-table/data-table.tsx";
import { useView } from "#components/data-table/use-view.ts";
import { Icon } from "#components/ui/icon.tsx";
import { Status } from "#components/ui/status.tsx";
import { useKey } from "#components/ui/use-key.ts";
import type { InboxOrder, InboxRow, InboxSort } from "#lib/inbox/types.ts";
import { DueBadge, DueDay, useDueRule } from "./due.tsx";
import { useRequestTerms } from "./terms.ts";
import { isToDecide } from "./to-decide.ts";
import { WhoIsNext } from "./who-is-next.tsx";

type InboxTableProps = {
  rows: readonly InboxRow[];
  order: InboxOrder;
  /** The same list sorted by each column, the other way round for the one it is sorted by. */
  sortHrefs: Record<InboxSort, string>;
  isClosed: boolean;
};

/** Requests as rows that open. J K or the arrows move, Enter opens; A opens one that waits for the reader's decision. */
export function InboxTable({ rows, ...rest }: InboxTableProps) {
  const t = useTranslations("requests");
  const [view] = useView("requests");
  useKey("a", () => {
    const link = document.activeElement;
    if (link instanceof HTMLAnchorElement && link.dataset.decide) link.click();
  });
  return <DataTable label={t("title")} columns={useColumns(rest)} rows={rows} view={view} />;
}

type ColumnsProps = Omit<InboxTableProps, "rows">;

function useColumns(props: ColumnsProps): DataColumn<InboxRow>[] {
  const { protocol, person, step, next } = useWhatColumns(props);
  const { received, closed, due, state, rule } = useWhenColumns(props);
  const t = useTranslations("requests");
  const terms = useRequestTerms();
  const right: DataColumn<InboxRow> = {
    id: "right",
    title: t("columns.right"),
    className: "nw",
    cell: (row) => terms.right(row.right),
  };
  return props.isClosed
    ? [protocol, right, person, step, received, closed, due, state, rule]
    : [protocol, right, person, step, next, received, due, state, rule];
}

/** A head that sorts by its column; of closed requests only their end is sorted by. */
function useSortHead({ order, sortHrefs }: ColumnsProps) {
  const t = useTranslations("requests");
  return (by: InboxSort, title: string) => ({
    title,
    ...(order.by === by
      ? { sorted: order.isDescending ? ("descending" as const) : ("ascending" as const) }
      : {}),
    head: (
      <Link href={sortHrefs[by]} scroll={false} prefetch={false} aria-label={t("sort", { name: title })}>
        {title} {order.by === by ? <Icon of={order.isDescending ? ArrowDown : ArrowUp} size={12} /> : null}
      </Link>
    ),
  });
}

/** What is asked for whom, and who is next. */
function useWhatColumns(props: ColumnsProps) {
  const t = useTranslations("requests");
  const terms = useRequestTerms();
  const sorts = useSortHead(props);
  return {
    protocol: {
      id: "protocol",
      fixed: true,
      className: "nw",
      ...(props.isClosed ? { title: t("columns.protocol") } : sorts("protocol", t("columns.protocol"))),
      cell: (row) => (
        <Link
          className="row-link b"
          href={`/requests/${row.id}`}
          prefetch={false}
          data-decide={isToDecide(row) ? "true" : undefined}
        >
          {row.protocol}
        </Link>
      ),
    },
    person: {
      id: "person",
      title: t("columns.person"),
      cell: ({ customId, subjectRef }) =>
        customId === null ? (
          <span className="mono m" title={t("closed.ref")}>
            {`${subjectRef.slice(0, 6)}…${subjectRef.slice(-4)}`}
          </span>
        ) : (
          <span className="mono">{customId}</span>
        ),
    },
    step: {
      id: "step",
      title: t(props.isClosed ? "columns.outcome" : "columns.step"),
      className: "nw",
      cell: (row) =>
        row.state === "outcome_unknown" || row.state === "failed" ? (
          <Status kind={row.state === "failed" ? "fail" : "unknown"}>{terms.step(row)}</Status>
        ) : (
          terms.step(row)
        ),
    },
    next: {
      id: "next",
      title: t("columns.next"),
      className: "full",
      cell: ({ next, state }) => <WhoIsNext next={next} state={state} />,
    },
  } satisfies Record<string, DataColumn<InboxRow>>;
}

/** Since when, until when, and by whose number. */
function useWhenColumns(props: ColumnsProps) {
  const t = useTranslations("requests");
  const format = useFormatter();
  const ruleOf = useDueRule();
  const sorts = useSortHead(props);
  const day = (at: Date, as: "day" | "dayAndMonth") => (
    <time dateTime={at.toISOString()} title={format.dateTime(at, "exact")}>
      {format.dateTime(at, as)}
    </time>
  );
  return {
    received: {
      id: "received",
      className: "m2 nw hide-s",
      ...(props.isClosed ? { title: t("columns.received") } : sorts("received", t("columns.received"))),
      cell: ({ receivedAt }) => day(receivedAt, "dayAndMonth"),
    },
    closed: {
      id: "closed",
      className: "nw hide-s",
      ...sorts("due", t("columns.closed")),
      cell: ({ closedAt }) => (closedAt === null ? null : day(closedAt, "day")),
    },
    due: {
      id: "due",
      className: "nw",
      ...(props.isClosed ? { title: t("columns.due") } : sorts("due", t("columns.due"))),
      cell: ({ due }) => <DueDay due={due} />,
    },
    state: {
      id: "state",
      title: t("columns.state"),
      className: "nw end-s",
      cell: ({ due, closedAt }) =>
        closedAt === null ? (
          <DueBadge due={due} />
        ) : (
          <Status kind={due.daysLeft < 0 ? "over" : "ok"} quiet={due.daysLeft >= 0}>
            {t(due.daysLeft < 0 ? "closed.late" : "closed.inTime", { days: -due.daysLeft })}
          </Status>
        ),
    },
    rule: {
      id: "rule",
      title: t("columns.rule"),
      className: "m small nw full",
      cell: ({ due }) => ruleOf(due),
    },
  } satisfies Record<string, DataColumn<InboxRow>>;
}
