import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";

export type Counts = { readonly passed: number; readonly failed: number };

const NONE: Counts = { passed: 0, failed: 0 };

const vitestReport = z
  .object({ numPassedTests: z.number(), numFailedTests: z.number(), numFailedTestSuites: z.number() })
  .transform(({ numPassedTests: passed, numFailedTests, numFailedTestSuites }) => ({
    passed,
    // A file that could not even be loaded has no tests to count, and is not nothing.
    failed: numFailedTests > 0 ? numFailedTests : numFailedTestSuites,
  }));

const playwrightReport = z
  .object({ stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }) })
  .transform(({ stats }) => ({ passed: stats.expected, failed: stats.unexpected + stats.flaky }));

const READERS = { vitest: vitestReport, playwright: playwrightReport };

/** The counts in a report of a test runner; none where it ended before it wrote one. */
export function readCounts(runner: keyof typeof READERS, path: string): Counts {
  if (!existsSync(path)) return NONE;
  return READERS[runner].parse(JSON.parse(readFileSync(path, "utf8")));
}

/** The last line of a test run, in the form CI reads. */
export function inOneLine(counts: readonly Counts[]): string {
  const sum = (key: keyof Counts) => counts.reduce((total, count) => total + count[key], 0);
  return `${sum("passed")} passed, ${sum("failed")} failed`;
}
