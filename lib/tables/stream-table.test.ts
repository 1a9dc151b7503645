import { expect, test } from "vitest";
import { examineTable } from "./examine-table.ts";
import { streamTable } from "./stream-table.ts";
import { TableUnreadable } from "./table-unreadable.ts";

/** In pieces of so many bytes, so that letters, line ends and marks are cut anywhere. */
async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

async function read(bytes: Uint8Array, size = 3) {
  try {
    const rows = [];
    for await (const piece of streamTable(inPieces(bytes, size)))
      rows.push(...piece.map(({ line, cells }) => [line, ...cells]));
    return rows;
  } catch (error) {
    if (!(error instanceof TableUnreadable)) throw error;
    return { trouble: error.trouble, line: error.line };
  }
}

const LIMITS = { maxBytes: 10_000, maxRows: 100 };

test.each([
  ["commas", "CustomID,name\na1,Ana\n", "utf8"],
  ["semicolons and Windows' line ends", "CustomID;name\r\na1;Ana\r\n", "utf8"],
  ["old line ends", "a1\ra2\r", "utf8"],
  ["a byte order mark", "\uFEFFCustomID\na1\n", "utf8"],
  ["empty lines, which count", "a1\n\n\na2\n", "utf8"],
  ["quotes that hide line ends", '"a;b\nc",d\n"x ""y""",z\n', "utf8"],
  ["a named separator", "sep=;\r\na1;b,c\r\n", "utf8"],
  ["no line end at its end", "a1\na2", "utf8"],
  ["accents in UTF-8", "código;nome\njosé-1;José\n", "utf8"],
  ["accents in Latin-1", "código;nome\njosé-1;José\n", "latin1"],
  ["UTF-16", "\uFEFFcódigo;nome\r\njosé-1;José\r\n", "utf16le"],
  ["one letter", "a", "utf8"],
] as const)(
  "a table with %s is read as a whole file would be, however it is cut",
  async (_, text, encoding) => {
    const bytes = new Uint8Array(Buffer.from(text, encoding));
    const whole = examineTable(bytes, LIMITS);
    const rows = whole.ok ? whole.rows.map(({ line, cells }) => [line, ...cells]) : whole;
    for (const size of [1, 2, 3, 5, 1000]) expect(await read(bytes, size)).toEqual(rows);
  },
);

test.each([
  ["nothing", "", "empty", null],
  ["blank lines alone", "\n  \n", "empty", null],
  ["an Excel workbook", "PK\u0003\u0004rest", "workbook", null],
  ["a picture", "\u0089PNG\r\n\u001a\n\0\0", "not_text", null],
  ["a quote that is never closed", 'a1\n"a2\na3\n', "broken", 3],
  ["a row without an end", `a1\n"${"a\n".repeat(60_000)}`, "broken", 50_002],
  ["a line without an end", "a".repeat(1_100_000), "broken", null],
] as const)("%s is refused, saying why and where", async (_, text, trouble, line) => {
  expect(await read(new Uint8Array(Buffer.from(text, "latin1")), 64 * 1024)).toEqual({ trouble, line });
});

test("a file that is UTF-8 at first and something else later is refused, so that nobody's CustomID becomes another", async () => {
  const mixed = Buffer.concat([Buffer.from("josé\n".repeat(20), "utf8"), Buffer.from("josé\n", "latin1")]);
  expect(await read(new Uint8Array(mixed), 16)).toEqual({ trouble: "mixed_encoding", line: null });
});

test("a file of any length is read holding no more than a few rows of it", async () => {
  const rows = 60_000;
  let made = 0;
  async function* endless() {
    for (; made < rows; made += 1000)
      yield new Uint8Array(
        Buffer.from(Array.from({ length: 1000 }, (_, at) => `customer-${made + at};x\n`).join("")),
      );
  }
  let seen = 0;
  let misplaced = 0;
  let ahead = 0;
  for await (const piece of streamTable(endless())) {
    for (const { line, cells } of piece) {
      if (cells[0] !== `customer-${seen}` || line !== seen + 1) misplaced += 1;
      seen += 1;
    }
    ahead = Math.max(ahead, made - seen);
  }
  expect({ seen, misplaced }).toEqual({ seen: rows, misplaced: 0 });
  // What was made and not read yet is what is held.
  expect(ahead).toBeLessThan(5_000);
});
