import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { csvCell, csvLine } from "./csv-sql.ts";
import { csvText } from "./csv-text.ts";

const STARTS = [
  "",
  "=",
  "+",
  "-",
  "@",
  "\t",
  "\r",
  "\n",
  "＝",
  "＋",
  "－",
  "＠",
  "'",
  '"',
  ",",
  " ",
  "é",
  "\\",
];
const RESTS = ["", "1", 'a"b', "a,b", "a\nb", "a\r\nb", "a\rb", "=1", "a\tb", "“ç”", "a\\r", "^$"];
const TEXTS = STARTS.flatMap((start) => RESTS.map((rest) => start + rest));

test("PostgreSQL writes every cell as it is written here", () =>
  inRolledBackTransaction(async (tx) => {
    const rows = await tx.execute<{ line: string }>(sql`
      select ${csvLine([csvCell(sql`told`), sql`null::text`, sql`-1`])} as line
      from unnest(${sql.param(TEXTS)}::text[]) with ordinality as texts (told, place) order by place`);
    expect(rows.map(({ line }) => line)).toEqual(TEXTS.map((text) => csvText([[text, null, -1]])));
  }));
