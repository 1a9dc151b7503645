import type { ErrorCount } from "#lib/health-page/types.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import type { MESSAGES } from "#lib/i18n/messages.ts";
import type { TimeRange } from "#lib/time-steps.ts";
import type { FailedCall, WholeIncident } from "./types.ts";

export type ReportWords = (typeof MESSAGES)[Locale]["incident"]["report"];

export type Report = {
  incident: WholeIncident;
  range: TimeRange;
  /** Scheme, host and base path, and the end of each key that calls are made with. */
  api: { origin: string; keyEnds: string[] };
  /** Calls of logins within the range by reason, `none` for those that did not fail. */
  counts: readonly ErrorCount[];
  /** The newest calls that failed, the oldest first. */
  failed: readonly FailedCall[];
  causes: readonly string[];
  madeAt: Date;
};

/** In the report, of a call that had none. */
const NONE = "-";

/**
 * The incident as a text for the provider of the API: times in UTC, operations, statuses, error codes and latencies. It holds
 * nothing of a person, no picture, no id of a login and of a key no more than its end.
 */
export function composeReport(report: Report, words: ReportWords): string {
  const { counts, failed } = report;
  const all = counts.reduce((sum, { calls }) => sum + calls, 0);
  const errors = counts.filter(({ reason }) => reason !== "none");
  const wrong = errors.reduce((sum, { calls }) => sum + calls, 0);
  const totals: Row[] = [
    [words.calls, String(all)],
    [words.failed, String(wrong)],
    ...errors.map(({ reason, calls }): Row => [`  ${reason}`, String(calls)]),
  ];
  const list = failed.length === 0 ? words.noCalls : tableOf(callRows(failed, words)).join("\n");
  const note = failed.length < wrong ? `${words.newest}\n\n` : "";
  const parts = [
    words.title,
    labelled(factsOf(report, words)),
    labelled(totals),
    `${note}${list}`,
    words.nothing,
  ];
  return `${parts.join("\n\n")}\n`;
}

type Row = readonly string[];

function factsOf({ incident, range, api, causes, madeAt }: Report, words: ReportWords): Row[] {
  const { id, openedAt, closedAt, operations } = incident;
  return [
    [words.id, id],
    [words.address, api.origin],
    [words.key, api.keyEnds.map((end) => `...${end}`).join(", ")],
    [words.begun, openedAt.toISOString()],
    [words.ended, closedAt?.toISOString() ?? words.running],
    [words.counted, `${range.from.toISOString()} / ${range.to.toISOString()}`],
    [words.causes, causes.join("; ")],
    [words.operations, operations.join(", ") || NONE],
    [words.made, madeAt.toISOString()],
  ];
}

const callRows = (failed: readonly FailedCall[], words: ReportWords): Row[] => [
  [words.time, words.operation, words.status, words.error, words.tries, words.latency],
  ...failed.map(({ at, operation, status, reason, tries, latencyMs }) => [
    ...[at.toISOString(), operation ?? NONE, String(status ?? NONE), reason],
    ...[String(tries), String(latencyMs ?? NONE)],
  ]),
];

const labelled = (rows: readonly Row[]): string => tableOf(rows).join("\n");

/** Rows with their columns one below the other, for a letter type of one width. */
function tableOf(rows: readonly Row[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
