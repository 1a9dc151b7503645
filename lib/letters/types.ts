import type { Locale } from "#lib/i18n/locales.ts";

/** What a member can take out of a request, by the file's name without its ending. */
export const LETTER_KINDS = ["acknowledgement", "refusal", "completion", "receipt", "statement"] as const;
export type LetterKind = (typeof LETTER_KINDS)[number];

/** The documents as their addresses name them. */
export const DOCUMENTS = [
  "acknowledgement.pdf",
  "refusal.pdf",
  "completion.pdf",
  "receipt.pdf",
  "receipt.json",
  "statement.pdf",
  "statement.json",
] as const;
export type DocumentName = (typeof DOCUMENTS)[number];

/** Why a document cannot be had now. */
export type Unavailable = "unknown" | "not_yet" | "making" | "statement_closed";

/** Data that goes or stays, one line of a table. */
export type LetterItem = { what: string; count: string; where: string; article: string };

export type Block =
  | { kind: "heading"; text: string }
  | { kind: "text"; text: string }
  | { kind: "facts"; rows: (readonly [label: string, value: string])[] }
  | { kind: "items"; heads: LetterItem; rows: LetterItem[] }
  | { kind: "table"; columns: readonly TableColumn[]; rows: readonly (readonly string[])[] };

/** A column of a table in a letter; the widths are points and add up to the page's measure of 459. */
export type TableColumn = { head: string; width: number; align?: "right" };

/** A letter before it is laid out on pages: nothing else is ever printed. */
export type Letter = {
  locale: Locale;
  title: string;
  /** Stands on each page, beside its number. */
  running: string;
  /** The moment the letter tells of; also what makes two prints of it the same bytes. */
  at: Date;
  blocks: Block[];
  attachment?: { name: string; content: string };
};
