import { type SQL, type SQLWrapper, sql } from "drizzle-orm";

// PostgreSQL reads \r, \n and \t in brackets as the characters they name.
const QUOTED = String.raw`[",\r\n]`;
const COMPUTED = String.raw`^[=+@\t\r＝＋－＠-]`;
const matches = (text: SQLWrapper, pattern: string): SQL => sql`${text} ~ ${sql.raw(`'${pattern}'`)}`;

/** A text as a cell of a table file, written by PostgreSQL just as `csvText` writes it. */
export function csvCell(text: SQLWrapper): SQL {
  const quote = sql`case when ${matches(text, QUOTED)} then '"' end`;
  const asText = sql`case when ${matches(text, COMPUTED)} then '''' end`;
  const written = sql`concat(${quote}, ${asText}, replace(${text}, '"', '""'), ${quote})`;
  // Of nearly all cells the one look is enough.
  return sql`case when ${matches(text, `${QUOTED}|${COMPUTED}`)} then ${written} else ${text} end`;
}

/** Cells as a line of a table file; what is null is empty. Booleans must come as text. */
export const csvLine = (cells: readonly SQLWrapper[]): SQL =>
  sql`concat(${sql.join(
    cells.map((cell) => sql`${cell}`),
    sql`, ',', `,
  )}, ${sql.raw(String.raw`e'\r\n'`)})`;
