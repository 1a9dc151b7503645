import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { inOneLine, readCounts } from "./counts.ts";

const folder = mkdtempSync(join(tmpdir(), "gatehouse-counts-"));
afterAll(() => rmSync(folder, { recursive: true }));

function report(content: unknown): string {
  const path = join(folder, "report.json");
  writeFileSync(path, JSON.stringify(content));
  return path;
}

test("a test that passed only when tried again counts as failed", () => {
  const path = report({ stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 0 } });
  expect(readCounts("playwright", path)).toEqual({ passed: 3, failed: 2 });
});

test("a test file that could not be loaded counts as failed", () => {
  const path = report({ numPassedTests: 7, numFailedTests: 0, numFailedTestSuites: 1 });
  expect(readCounts("vitest", path)).toEqual({ passed: 7, failed: 1 });
});

test("a runner that wrote no report counts nothing", () => {
  expect(readCounts("vitest", join(folder, "none.json"))).toEqual({ passed: 0, failed: 0 });
});

test("the last line adds the runners up", () => {
  expect(
    inOneLine([
      { passed: 7, failed: 1 },
      { passed: 3, failed: 0 },
    ]),
  ).toBe("10 passed, 1 failed");
});
