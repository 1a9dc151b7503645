import type { FingerNumber } from "#lib/multibiometrics/types.ts";
import type { LegalBasis } from "#lib/people/schema.ts";
import type { TableTrouble } from "#lib/tables/types.ts";

/** What the file of people enrolled before Gatehouse holds of each. */
export const IMPORT_COLUMNS = ["customId", "bioPassId", "modalities", "legalBasis"] as const;
export type ImportColumn = (typeof IMPORT_COLUMNS)[number];

/** Why a row is left out. The first half is seen in the row itself, the second in what is known here of its person. */
export const IMPORT_TROUBLES = [
  "custom_id_missing",
  "custom_id_unusable",
  "bio_pass_id_unusable",
  "modalities_missing",
  "modality_unknown",
  "legal_basis_missing",
  "legal_basis_unknown",
  "erasure_pending",
  "blocked",
  "erased_before",
] as const;
export type ImportTrouble = (typeof IMPORT_TROUBLES)[number];

/** A person as a row of the file tells of them. */
export type ImportedPerson = {
  line: number;
  customId: string;
  /** Null where the file does not know it: no call of the API would tell it. */
  bioPassId: string | null;
  face: boolean;
  fingers: FingerNumber[];
  legalBasis: LegalBasis;
};

export type LeftOut = { line: number; trouble: ImportTrouble };

/** What came of rows, or what would. `known` are there already and stay as they are. */
export type ImportCounts = { rows: number; imported: number; known: number; refused: number };

/** The console takes at most so much at once; what is larger goes by `npm run import-people`. */
export const CONSOLE_LIMITS = { maxBytes: 4 * 1024 * 1024, maxRows: 20_000 };

/** What came of a whole file, or what would; `leftOut` in the order of its lines. */
export type ImportReport = ImportCounts & {
  leftOut: LeftOut[];
  /** Rows of people who were erased here: imported only when asked for. */
  erasedBefore: number;
};

export type ImportAnswer =
  | { ok: true; report: ImportReport }
  | { ok: false; trouble: TableTrouble; line: number | null }
  | { ok: false; trouble: "columns_missing"; columns: readonly ImportColumn[] };
