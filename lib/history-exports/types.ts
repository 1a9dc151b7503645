import type { VerificationFacets } from "#lib/verifications/types.ts";

/** One line for each verification, or how many there were of each kind: for whoever reads figures only. */
export const EXPORT_KINDS = ["rows", "counts"] as const;
export type ExportKind = (typeof EXPORT_KINDS)[number];

/** What a member can choose between. */
export const EXPORT_CHOICES = ["rows_without", "rows_with", "counts"] as const;
export type ExportChoice = (typeof EXPORT_CHOICES)[number];

/** Asked for and not fetched yet, on its way, and the ways it can end. */
export const EXPORT_STATES = ["asked", "running", "finished", "broken", "cancelled", "expired"] as const;
export type ExportState = (typeof EXPORT_STATES)[number];

/** Characters of a reason. */
export const LONGEST_REASON = 500;

/** What the file is narrowed to: the facets of the list, and the time of the verifications, `to` not included. */
export type ExportFilters = VerificationFacets & { from: Date; to: Date };

/** An export that was asked for, as whoever sends it needs to know it. */
export type OpenExport = {
  id: string;
  memberId: string;
  kind: ExportKind;
  filters: ExportFilters;
  namesPeople: boolean;
};

/** How far an export is, for the page that waits for it. */
export type ExportProgress = {
  state: ExportState;
  rows: number;
  /** As the rollups counted when it was asked for; what is recorded late changes it. */
  rowsExpected: number;
  bytes: number;
  /** In hexadecimal; null until it is whole. */
  sha256: string | null;
};

/** How an export ended: whole with its digest, or why not. */
export type ExportEnd =
  | { stage: "finished"; rows: number; bytes: number; sha256: string }
  | { stage: "broken"; rows: number }
  | { stage: "cancelled" | "expired" };
