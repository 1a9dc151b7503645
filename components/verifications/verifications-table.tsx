"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { useMemo } from "react";
import { type DataColumn, DataTable } from "#components/data-table/data-table.tsx";
import { useView } from "#components/data-table/use-view.ts";
import { ViewMenu } from "#components/data-table/view-menu.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Status } from "#components/ui/status.tsx";
import { useToast } from "#components/ui/toast.tsx";
import type { Order, VerificationRow } from "#lib/verifications/types.ts";
import { type ApplicationNames, useFacetText } from "./facet-text.ts";
import { LoginEnd } from "./login-end.tsx";
import { lookOf } from "./reason-look.ts";

type VerificationsTableProps = {
  rows: readonly VerificationRow[];
  order: Order;
  /** The same list sorted the other way round. */
  otherOrderHref: string;
  /** The window reaches over more than one day: the day stands beside the time. */
  showsDay: boolean;
  showsPeople: boolean;
  applications: ApplicationNames;
};

/** Told by the page of one verification, and here to who asks for them. */
const USUALLY_HIDDEN = { application: true, device: true, stage: true, attempt: true, apiStatus: true };

/** Verifications as rows that open; the columns and the height of the rows are the reader's choice. */
export function VerificationsTable({ rows, showsPeople, ...rest }: VerificationsTableProps) {
  const t = useTranslations("verifications");
  const toast = useToast();
  const [view, changeView] = useView("verifications", USUALLY_HIDDEN);
  const columns = useColumns({ showsPeople, ...rest });
  async function copy({ subject }: VerificationRow) {
    if (subject?.state !== "known") return;
    const text = await navigator.clipboard.writeText(subject.customId).then(
      () => t("pager.copied"),
      () => t("pager.notCopied"),
    );
    toast({ text });
  }
  return (
    <>
      <div className="acts table-acts">
        <ViewMenu columns={columns.filter(({ fixed }) => !fixed)} view={view} onChange={changeView} />
      </div>
      <DataTable
        label={t("title")}
        columns={columns}
        rows={rows}
        view={view}
        {...(showsPeople ? { onCopy: (row: VerificationRow) => void copy(row) } : {})}
      />
    </>
  );
}

type ColumnsProps = Omit<VerificationsTableProps, "rows">;

function useColumns({ applications, ...props }: ColumnsProps) {
  const usual = useUsualColumns(props);
  const asked = useAskedColumns(applications);
  return useMemo(() => [...usual, ...asked], [usual, asked]);
}

/** What the page of a verification tells as well. */
function useAskedColumns(applications: ApplicationNames): DataColumn<VerificationRow>[] {
  const t = useTranslations("verifications");
  const textOf = useFacetText(applications);
  return useMemo(
    () => [
      {
        id: "application",
        title: t("facet.application"),
        className: "nw hide-s",
        cell: ({ application }) => (application === null ? "–" : textOf("application", application)),
      },
      {
        id: "device",
        title: t("facet.device"),
        className: "nw hide-s",
        cell: ({ deviceClass }) => textOf("device", deviceClass),
      },
      {
        id: "stage",
        title: t("facet.stage"),
        className: "num hide-s",
        cell: ({ exposurePercent }) => textOf("stage", String(exposurePercent)),
      },
      { id: "attempt", title: t("columns.attempt"), className: "num hide-s", cell: ({ attempt }) => attempt },
      {
        id: "apiStatus",
        title: t("facet.apiStatus"),
        className: "num hide-s",
        cell: ({ apiStatus }) => apiStatus ?? "–",
      },
    ],
    [t, textOf],
  );
}

type TimeColumnProps = Pick<ColumnsProps, "order" | "otherOrderHref" | "showsDay">;

/** When it was: what the list is sorted by, and where a row opens. */
function useTimeColumn({ order, otherOrderHref, showsDay }: TimeColumnProps): DataColumn<VerificationRow> {
  const t = useTranslations("verifications");
  const format = useFormatter();
  return useMemo(
    () => ({
      id: "time",
      title: t("columns.time"),
      fixed: true,
      className: "m2 nw end-s",
      sorted: order === "newest" ? "descending" : "ascending",
      head: (
        <Link
          href={otherOrderHref}
          scroll={false}
          aria-label={t("sort.change", { order: t(`sort.${order === "newest" ? "oldest" : "newest"}`) })}
        >
          {t("columns.time")} <Icon of={order === "newest" ? ArrowDown : ArrowUp} size={12} />
        </Link>
      ),
      cell: ({ id, at }) => (
        <Link className="row-link" href={`/verifications/${id}`} prefetch={false}>
          <time dateTime={at.toISOString()} title={format.dateTime(at, "exact")}>
            {format.dateTime(at, {
              ...(showsDay ? { day: "numeric", month: "short" } : {}),
              hour: "2-digit",
              minute: "2-digit",
              second: "2-digit",
            })}
          </time>
        </Link>
      ),
    }),
    [t, format, order, otherOrderHref, showsDay],
  );
}

function useUsualColumns({ showsPeople, ...sorting }: Omit<ColumnsProps, "applications">) {
  const time = useTimeColumn(sorting);
  const t = useTranslations("verifications");
  const terms = useTranslations("terms");
  const format = useFormatter();
  const textOf = useFacetText();
  return useMemo(() => {
    const columns: (DataColumn<VerificationRow> | false)[] = [
      time,
      showsPeople && {
        id: "customId",
        title: t("columns.customId"),
        className: "id",
        cell: ({ subject }) =>
          subject?.state === "known" ? (
            <span className="mono" title={subject.customId}>
              {subject.customId}
            </span>
          ) : (
            <span className="m">{subject ? t(`subject.${subject.state}`) : null}</span>
          ),
      },
      {
        id: "outcome",
        title: t("columns.outcome"),
        className: "nw full",
        cell: ({ outcome, reason }) => {
          const { kind, icon } = lookOf(outcome, reason);
          return (
            <Status kind={kind} icon={icon} quiet={outcome === "matched"}>
              {terms(`verificationOutcome.${outcome}`)}
            </Status>
          );
        },
      },
      {
        id: "reason",
        title: t("columns.reason"),
        className: "m2 full words",
        cell: ({ reason, outcome, fingersSent, fingersNotMatched }) => {
          if (outcome === "matched") return <span className="m hide-s">–</span>;
          if (reason !== "fingers_not_matched" || fingersNotMatched.length === 0)
            return terms(`verificationReason.${reason}`);
          return t("fingersFailed", { failed: fingersNotMatched.length, sent: fingersSent.length });
        },
      },
      {
        id: "modality",
        title: t("columns.modality"),
        className: "nw hide-s hide-l",
        cell: ({ modality }) => terms(`modality.${modality}`),
      },
      {
        id: "latency",
        title: t("columns.latency"),
        className: "num m2 hide-s hide-m",
        cell: ({ apiLatencyMs }) => (apiLatencyMs === null ? "–" : format.number(apiLatencyMs)),
      },
      {
        id: "channel",
        title: t("columns.channel"),
        className: "hide-s hide-m",
        cell: ({ channel, source }) =>
          source === "console" ? terms("source.console") : textOf("channel", channel),
      },
      {
        id: "ended",
        title: t("columns.ended"),
        className: "full words",
        cell: (row) => <LoginEnd {...row} />,
      },
    ];
    return columns.filter((column) => column !== false);
  }, [t, terms, format, time, showsPeople, textOf]);
}
