import { expect, test } from "vitest";
import { inColumns, inMarkdown } from "./table.ts";

test("names stand left, figures right, and a missing cell is blank", () => {
  expect(inColumns(["page", "ms"], [["/", "7"], ["/people", "120"], ["/none"]])).toBe(
    ["page      ms", "-------  ---", "/          7", "/people  120", "/none       "].join("\n"),
  );
});

test("in Markdown a table has its rule, figures to the right, and a missing cell is blank", () => {
  expect(inMarkdown(["page", "ms"], [["/", "7"], ["/none"]])).toBe(
    ["| page | ms |", "| --- | --: |", "| / | 7 |", "| /none |  |"].join("\n"),
  );
});
