import { expect, test } from "vitest";
import { inWords, runErasures } from "./erasure-rounds.ts";

test("hundreds of erasures under faults: none deletes twice, none hits a new enrolment, none is called complete and is not", async () => {
  const figures = await runErasures(400, 7);
  process.stdout.write(`  erasures: ${inWords(figures)}\n`);
  expect(figures.violations).toEqual([]);
  expect(figures).toMatchObject({ runs: 400, completed: 400 });
});
