import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { examineTable } from "./examine-table.ts";
import { columnOf } from "./rules.ts";
import type { ExaminedTable } from "./types.ts";

const LIMITS = { maxBytes: 1000, maxRows: 5 };
const bytes = (text: string, encoding: BufferEncoding = "utf8") =>
  new Uint8Array(Buffer.from(text, encoding));
const examine = (text: string, encoding?: BufferEncoding) => examineTable(bytes(text, encoding), LIMITS);
const rowsOf = (table: ExaminedTable) =>
  table.ok ? table.rows.map(({ line, cells }) => [line, ...cells]) : table;

test.each([
  [
    "commas",
    "CustomID,name\na1,Ana\n",
    [
      [1, "CustomID", "name"],
      [2, "a1", "Ana"],
    ],
  ],
  [
    "semicolons",
    "CustomID;name\r\na1;Ana\r\n",
    [
      [1, "CustomID", "name"],
      [2, "a1", "Ana"],
    ],
  ],
  [
    "tabs",
    "CustomID\tname\na1\tAna",
    [
      [1, "CustomID", "name"],
      [2, "a1", "Ana"],
    ],
  ],
  [
    "one column",
    "a1\na2\n",
    [
      [1, "a1"],
      [2, "a2"],
    ],
  ],
  [
    "old line ends",
    "a1\ra2\r",
    [
      [1, "a1"],
      [2, "a2"],
    ],
  ],
  [
    "a byte order mark",
    "\uFEFFCustomID\na1\n",
    [
      [1, "CustomID"],
      [2, "a1"],
    ],
  ],
  [
    "empty lines, which count",
    "a1\n\n\na2\n",
    [
      [1, "a1"],
      [4, "a2"],
    ],
  ],
  [
    "rows of other lengths",
    "a,b\nc\nd,e,f\n",
    [
      [1, "a", "b"],
      [2, "c"],
      [3, "d", "e", "f"],
    ],
  ],
  [
    "quotes that hide separators",
    '"a;b;c",d\n"x ""y""",z\n',
    [
      [1, "a;b;c", "d"],
      [2, 'x "y"', "z"],
    ],
  ],
  ["a quote inside a cell", 'a"1\n', [[1, 'a"1']]],
  ["spaces, which stay", " a1 ,x\n", [[1, " a1 ", "x"]]],
  ["a named separator", "sep=;\na1;b,c\n", [[2, "a1", "b,c"]]],
])("a table with %s is read", (_, text, rows) => {
  expect(rowsOf(examine(text))).toEqual(rows);
});

test("a table is read in the encodings that spreadsheets write", () => {
  const rows = [
    [1, "código", "nome"],
    [2, "josé-1", "José"],
  ];
  const text = "código;nome\njosé-1;José\n";
  expect(rowsOf(examine(text))).toEqual(rows);
  expect(rowsOf(examine(text, "latin1"))).toEqual(rows);
  expect(rowsOf(examine(`\uFEFF${text}`, "utf16le"))).toEqual(rows);
});

test.each([
  ["nothing", "", "empty", null],
  ["blank lines alone", "\n  \n", "empty", null],
  ["an Excel workbook", "PK\u0003\u0004rest", "workbook", null],
  ["a picture", "\u0089PNG\r\n\u001a\n\0\0", "not_text", null],
  ["a quote that is never closed", 'a1\n"a2\na3\n', "broken", 3],
  ["more rows than allowed", "a\nb\nc\nd\ne\nf\ng\n", "too_many_rows", 6],
  ["more bytes than allowed", "x".repeat(1001), "too_big", null],
])("%s is refused, saying why and where", (_, text, trouble, line) => {
  expect(examine(text, "latin1")).toEqual({ ok: false, trouble, line });
});

test("the digest is that of the file as it came", () => {
  const table = examine("a1\n");
  expect(table.ok && table.sha256).toBe(createHash("sha256").update("a1\n").digest("hex"));
});

test("a column is found whatever capitals, accents and punctuation its heading has", () => {
  expect(columnOf(["Nome", "Custom ID"], ["customid"])).toBe(1);
  expect(columnOf(["CUSTOM_ID"], ["customid"])).toBe(0);
  expect(columnOf(["Código"], ["codigo"])).toBe(0);
  expect(columnOf(["Nome"], ["customid"])).toBe(-1);
});
