/** A column's name as it is compared: accents, capitals, spaces and punctuation count for nothing. */
export const foldHeading = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");

/** The place of the first cell that bears one of these folded names; -1 where none does. */
export const columnOf = (cells: readonly string[], names: readonly string[]): number =>
  cells.findIndex((cell) => names.includes(foldHeading(cell)));

/** What a column of CustomIDs may be called, folded; the surest first. */
const CUSTOM_ID_HEADINGS = [
  "customid",
  "idcustom",
  "idpersonalizado",
  "customerid",
  "idcliente",
  "clienteid",
  "iddocliente",
  "idtitular",
  "titular",
  "identificador",
  "id",
];

/** The place of the column whose heading says that it holds CustomIDs; -1 where none does. */
export function customIdColumnOf(heading: readonly string[]): number {
  for (const name of CUSTOM_ID_HEADINGS) {
    const place = columnOf(heading, [name]);
    if (place !== -1) return place;
  }
  return -1;
}

const SEPARATORS = [",", ";", "\t"] as const;

/**
 * What parts the cells of a table's text: the one of comma, semicolon and tab that stands most often in its first line,
 * outside of quotes; a comma where none does.
 */
export function separatorOf(text: string): string {
  const line = /^\s*(?:"[^"]*"|[^"\r\n])*/.exec(text)?.[0] ?? "";
  const bare = line.replace(/"[^"]*"/g, "");
  const count = (separator: string) => bare.split(separator).length;
  return SEPARATORS.reduce((best, one) => (count(one) > count(best) ? one : best));
}

/** Excel may name the separator in a line of its own. */
export const NAMED_SEPARATOR = /^sep=(.)\r?\n/i;

/** How the files begin that people take for a table: Excel's and other offices' (ZIP), and Excel's old ones. */
const WORKBOOKS = [Uint8Array.of(0x50, 0x4b, 0x03, 0x04), Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0)];

export const isWorkbook = (bytes: Uint8Array): boolean =>
  WORKBOOKS.some((mark) => mark.every((byte, place) => bytes[place] === byte));

/** Text of any language holds tabs and line ends, and no other control character. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
export const hasControls = (text: string): boolean => /[\0-\x08\x0e-\x1f]/.test(text);
