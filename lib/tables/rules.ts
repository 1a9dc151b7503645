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
