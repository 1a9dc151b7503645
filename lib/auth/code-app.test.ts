import { expect, test } from "vitest";
import { codeAppPicture, newCodeSecret, stepOfCode } from "./code-app.ts";

/** RFC 6238, appendix B, for SHA-1: the last six of its eight digits. */
const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

test.each([
  [59, "287082", 1],
  [1_111_111_109, "081804", 37_037_036],
  [1_111_111_111, "050471", 37_037_037],
  [1_234_567_890, "005924", 41_152_263],
  [2_000_000_000, "279037", 66_666_666],
])("at %i s the standard's code %s belongs to step %i", (seconds, code, step) => {
  expect(stepOfCode(SECRET, code, new Date(seconds * 1000))).toBe(step);
});

test.each([
  [-60, null],
  [-30, 41_152_263],
  [0, 41_152_263],
  [30, 41_152_263],
  [60, null],
])("a clock that is off by %i s is answered with step %j", (off, step) => {
  expect(stepOfCode(SECRET, "005924", new Date((1_234_567_890 + off) * 1000))).toBe(step);
});

test.each(["005925", "00592", "0059240", "abcdef", ""])("%j is no code", (code) => {
  expect(stepOfCode(SECRET, code, new Date(1_234_567_890_000))).toBeNull();
});

test("a secret is 160 bits and never the same, and its picture is a square", () => {
  expect(newCodeSecret()).toMatch(/^[A-Z2-7]{32}$/);
  expect(newCodeSecret()).not.toBe(newCodeSecret());
  const { size, path } = codeAppPicture(SECRET, "ana@company.example");
  expect(size).toBeGreaterThan(25);
  expect(path).toMatch(/^(M\d+ \d+h1v1h-1z)+$/);
});
