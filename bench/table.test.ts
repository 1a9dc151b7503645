import { expect, test } from "vitest";
import { inColumns } from "./table.ts";

test("names stand left, figures right, and a missing cell is blank", () => {
  expect(inColumns(["page", "ms"], [["/", "7"], ["/people", "120"], ["/none"]])).toBe(
    ["page      ms", "-------  ---", "/          7", "/people  120", "/none       "].join("\n"),
  );
});
