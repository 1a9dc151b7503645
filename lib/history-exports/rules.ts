import type { Grant } from "#lib/auth/policy.ts";
import { PROOF_MINUTES } from "#lib/auth/rules.ts";
import {
  EXPORT_CHOICES,
  EXPORT_KINDS,
  type ExportChoice,
  type ExportFilters,
  type ExportKind,
  type ExportProgress,
} from "./types.ts";

/** Within this time after it was asked for an export may be fetched: as long as the proof for it counts. */
export const FETCH_WITHIN_MS = PROOF_MINUTES * 60_000;

/** Whoever reads it may stop for so long: longer, and the file is broken off. */
export const STALL_MS = 5 * 60_000;

/** An export of which nothing was heard for longer than that ended with its process. */
export const LOST_AFTER_MS = 2 * STALL_MS;

/** Columns of a file of verifications, by names that stay the same in every language; docs/verifications-export.md. */
export const ROW_COLUMNS = [
  "id",
  "at",
  "login_id",
  "source",
  "actor_id",
  "person_id",
  "modality",
  "attempt",
  "outcome",
  "reason",
  "decision",
  "feedback_code",
  "channel",
  "device_class",
  "purpose",
  "exposure_percent",
  "policy_version",
  "api_operation",
  "api_status",
  "api_message",
  "api_tries",
  "api_latency_ms",
  "face_matched",
  "fingers_sent",
  "fingers_not_matched",
  "login_outcome",
  "gateway",
] as const;

/** The same of a file of counts. */
export const COUNT_COLUMNS = [
  "from",
  "to",
  "source",
  "application_id",
  "modality",
  "outcome",
  "reason",
  "channel",
  "exposure_percent",
  "device_class",
  "api_status",
  "verifications",
] as const;

export type RowColumn = (typeof ROW_COLUMNS)[number] | "custom_id";

/** The columns of a file of verifications: CustomIDs, where they are wanted, stand last. */
export const rowColumnsOf = (namesPeople: boolean): readonly RowColumn[] =>
  namesPeople ? [...ROW_COLUMNS, "custom_id"] : ROW_COLUMNS;

/** The columns of a file. */
export const columnsOf = (kind: ExportKind, namesPeople: boolean): readonly string[] =>
  kind === "counts" ? COUNT_COLUMNS : rowColumnsOf(namesPeople);

const HOUR_MS = 3_600_000;
const LONGEST_BY_HOUR_MS = 8 * 24 * HOUR_MS;

/** Counts are by the hour for about a week and by 24 hours beyond, from the beginning of what was asked for. */
export function stepsOf({ from, to }: Pick<ExportFilters, "from" | "to">): Date[] {
  const spanMs = to.getTime() - from.getTime();
  const stepMs = spanMs <= LONGEST_BY_HOUR_MS ? HOUR_MS : 24 * HOUR_MS;
  return Array.from(
    { length: Math.ceil(spanMs / stepMs) },
    (_, place) => new Date(from.getTime() + place * stepMs),
  );
}

/** What a reader of the history may take out: with all of it both, else the figures. */
export const kindsFor = (grant: Grant): readonly ExportKind[] =>
  grant === "full" ? EXPORT_KINDS : ["counts"];

/** The file behind a choice. */
export const chosenFile = (choice: ExportChoice): { kind: ExportKind; namesPeople: boolean } => ({
  kind: choice === "counts" ? "counts" : "rows",
  namesPeople: choice === "rows_with",
});

/** What a reader may choose between. */
export const choicesFor = (grant: Grant | null): ExportChoice[] =>
  grant === null ? [] : EXPORT_CHOICES.filter((choice) => kindsFor(grant).includes(chosenFile(choice).kind));

export const hasEnded = ({ state }: Pick<ExportProgress, "state">): boolean =>
  state !== "asked" && state !== "running";
