import type { FingerNumber } from "#lib/multibiometrics/types.ts";
import { customIdSchema, type LegalBasis } from "#lib/people/schema.ts";
import { columnOf, foldHeading } from "#lib/tables/rules.ts";
import type { TableRow } from "#lib/tables/types.ts";
import {
  IMPORT_COLUMNS,
  type ImportColumn,
  type ImportedPerson,
  type ImportTrouble,
  type LeftOut,
} from "./types.ts";

/** The names a column goes by, in English and Portuguese, folded. */
const HEADINGS: Record<ImportColumn, readonly string[]> = {
  customId: ["customid", "id", "identificador", "codigo"],
  bioPassId: ["biopassid", "biopass", "idbiopass"],
  modalities: [
    "modalities",
    "modality",
    "modalidades",
    "modalidade",
    "biometrics",
    "biometria",
    "biometrias",
  ],
  legalBasis: ["legalbasis", "basis", "baselegal", "base", "hipoteselegal"],
};

export type Columns = Record<ImportColumn, number>;

/** Where each column stands; or which are missing. The BioPassID may be: not everybody has kept it. */
export function columnsIn(
  heading: readonly string[],
): { ok: true; columns: Columns } | { ok: false; missing: ImportColumn[] } {
  const columns = Object.fromEntries(
    IMPORT_COLUMNS.map((column) => [column, columnOf(heading, HEADINGS[column])]),
  ) as Columns;
  const missing = IMPORT_COLUMNS.filter((column) => column !== "bioPassId" && columns[column] < 0);
  return missing.length === 0 ? { ok: true, columns } : { ok: false, missing };
}

/** What a legal basis is written as: its code here, its article, or its name, folded. */
const BASES: Record<LegalBasis, readonly string[]> = {
  lgpd_11_i_consent: ["lgpd11i", "11i", "consent", "consentimento"],
  lgpd_11_ii_a_legal_obligation: ["lgpd11iia", "11iia", "legalobligation", "obrigacaolegal"],
  lgpd_11_ii_d_exercise_of_rights: ["lgpd11iid", "11iid", "exerciseofrights", "exercicioregulardedireitos"],
  lgpd_11_ii_g_fraud_prevention: ["lgpd11iig", "11iig", "fraudprevention", "prevencaoafraude"],
  gdpr_9_2_a_consent: ["gdpr92a", "92a"],
  gdpr_9_2_g_public_interest: ["gdpr92g", "92g", "publicinterest", "interessepublico"],
};
const BASIS_OF = new Map(
  (Object.entries(BASES) as [LegalBasis, readonly string[]][]).flatMap(([basis, names]) =>
    [foldHeading(basis), ...names].map((name) => [name, basis] as const),
  ),
);

const FACES = new Set(["face", "rosto", "facial"]);
const FINGER = /^(?:finger|dedo)?(10|[1-9])$/;

/** `face 2 7`, `rosto; dedo 2; dedo 7`: what is enrolled, fingers by the API's numbers; null where a word is none of it. */
function modalitiesIn(cell: string): { face: boolean; fingers: FingerNumber[] } | null {
  const words = cell
    .toLowerCase()
    .replace(/(finger|dedo)[\s_-]+(?=\d)/g, "$1")
    .split(/[\s,;+|/]+/)
    .filter((word) => word !== "");
  const isFace = (word: string) => FACES.has(word);
  const fingers = words.filter((word) => !isFace(word)).map((word) => Number(FINGER.exec(word)?.[1] ?? 0));
  if (fingers.includes(0)) return null;
  const sorted = [...new Set(fingers)].sort((a, b) => a - b);
  return { face: words.some(isFace), fingers: sorted as FingerNumber[] };
}

const BIO_PASS_ID_MAX = 128;

/** A person out of a row of the file; or the first thing that is wrong with it. */
export function readPerson(
  { line, cells }: TableRow,
  columns: Columns,
): ({ ok: true } & ImportedPerson) | ({ ok: false } & LeftOut) {
  const refuse = (trouble: ImportTrouble) => ({ ok: false, line, trouble }) as const;
  const cellOf = (column: ImportColumn) => cells[columns[column]] ?? "";
  const customId = cellOf("customId");
  if (customId === "") return refuse("custom_id_missing");
  if (!customIdSchema.safeParse(customId).success) return refuse("custom_id_unusable");
  const bioPassId = cellOf("bioPassId").trim();
  if (bioPassId.length > BIO_PASS_ID_MAX || !/^[\x21-\x7e]*$/.test(bioPassId))
    return refuse("bio_pass_id_unusable");
  const modalities = modalitiesIn(cellOf("modalities"));
  if (modalities === null) return refuse("modality_unknown");
  if (!modalities.face && modalities.fingers.length === 0) return refuse("modalities_missing");
  const basis = foldHeading(cellOf("legalBasis"));
  if (basis === "") return refuse("legal_basis_missing");
  const legalBasis = BASIS_OF.get(basis);
  if (legalBasis === undefined) return refuse("legal_basis_unknown");
  return { ok: true, line, customId, bioPassId: bioPassId || null, ...modalities, legalBasis };
}
