import { expect, test } from "vitest";
import { planOf } from "./rules.ts";

test.each([
  { triesWanted: 20, triesEach: 2, cells: 60, triesOnDevice: 24, testersPerDevice: 10 },
  { triesWanted: 20, triesEach: 3, cells: 60, triesOnDevice: 36, testersPerDevice: 7 },
  { triesWanted: 20, triesEach: 0, cells: 60, triesOnDevice: 0, testersPerDevice: 0 },
])("$triesWanted tries wanted at $triesEach each ask for $testersPerDevice testers per device", (row) => {
  const { triesWanted, triesEach, ...plan } = row;
  expect(planOf({ devices: 5, lightings: 4, positions: 3, triesWanted, triesEach })).toEqual(plan);
});
