import { expect, test } from "vitest";
import { safeReturnPath } from "./return-path.ts";

test.each([
  ["/people", "/people"],
  ["/verifications?window=24h", "/verifications?window=24h"],
  [undefined, "/"],
  ["", "/"],
  ["people", "/"],
  ["https://elsewhere.example/", "/"],
  ["//elsewhere.example/", "/"],
  ["/\\elsewhere.example", "/"],
  ["/\t/elsewhere.example", "/"],
  ["javascript:alert(1)", "/"],
  ["/..//elsewhere.example", "/"],
])("after %j one arrives at %s", (wanted, path) => {
  expect(safeReturnPath(wanted)).toBe(path);
});
