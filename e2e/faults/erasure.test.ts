import { expect, test } from "vitest";
import { inWords, runErasures } from "./erasure-rounds.ts";

test("whatever fails on the way, an erasure deletes once, never a new enrolment, and is complete only when it is true", async () => {
  const figures = await runErasures(40, 2026);
  process.stdout.write(`  erasures: ${inWords(figures)}\n`);
  expect(figures.violations).toEqual([]);
  expect(figures).toMatchObject({ runs: 40, completed: 40 });
  expect(figures.crashes).toBeGreaterThan(20);
  expect(figures.enrolmentsRefused).toBeGreaterThan(20);
}, 120_000);
