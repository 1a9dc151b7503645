import { stringify } from "csv-stringify/sync";

/** What programs look for at the beginning to know that a table is UTF-8. */
export const BYTE_ORDER_MARK = "\uFEFF";

/** Rows as the text of a table file (RFC 4180). A cell that a spreadsheet would compute is made text by a quote before it; `csvCell` writes alike. */
export const csvText = (rows: readonly (readonly (string | number | null)[])[]): string =>
  stringify([...rows], { escape_formulas: true, record_delimiter: "windows", quote_record_delimiter: true });
