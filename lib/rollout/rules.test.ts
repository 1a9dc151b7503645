import { expect, test } from "vitest";
import { sampleCell, sampleFallback, sampleKeptApart } from "#lib/fallback/testing/sample-cells.ts";
import { armsOf, realisedShare, stageRunsOf } from "./rules.ts";

const at = (step: number, exposurePercent: number, count = 10) =>
  sampleCell(step, count, { exposurePercent });

test.each([
  { name: "no login, no stage", cells: [], stages: [] },
  { name: "one exposure throughout", cells: [at(0, 25), at(2, 25)], stages: [[25, 0, 3]] },
  { name: "the first stage begins with its first login", cells: [at(2, 5)], stages: [[5, 2, 3]] },
  {
    name: "a step without logins belongs to the stage before",
    cells: [at(0, 1), at(2, 5)],
    stages: [
      [1, 0, 1],
      [5, 2, 3],
    ],
  },
  {
    name: "a step shared by two belongs to the one with more",
    cells: [at(0, 1), at(1, 1, 4), at(1, 5, 6)],
    stages: [
      [1, 0, 0],
      [5, 1, 3],
    ],
  },
  {
    name: "a roll back is a stage of its own",
    cells: [at(0, 5), at(1, 25), at(2, 5)],
    stages: [
      [5, 0, 0],
      [25, 1, 1],
      [5, 2, 3],
    ],
  },
  {
    name: "those never offered anything make no stage",
    cells: [sampleKeptApart(0, 9, { exposurePercent: 0 })],
    stages: [],
  },
])("stages are told from the exposure that logins met: $name", ({ cells, stages }) => {
  expect(stageRunsOf(cells, 4)).toEqual(
    stages.map(([exposurePercent, from, to]) => ({ exposurePercent, from, to })),
  );
});

test("both ways are compared among those who could have taken either", () => {
  const arms = armsOf(
    [
      sampleCell(0, 90),
      sampleFallback(0, 6),
      sampleCell(0, 2, { outcome: "abandoned" }),
      sampleCell(0, 2, { outcome: "fell_back_failed", lockedOut: 1 }),
      sampleKeptApart(0, 195),
      sampleKeptApart(0, 5, { outcome: "legacy_failed", lockedOut: 3 }),
      // Not enrolled: in neither arm.
      sampleKeptApart(0, 1000, { pathReason: "not_enrolled", outcome: "legacy_failed" }),
    ],
    100,
    "full",
  );
  expect(arms.biometric).toMatchObject({
    logins: 100,
    notCompleted: { count: 4, of: 100 },
    lockouts: { count: 1, of: 100 },
  });
  expect(arms.legacy).toMatchObject({
    logins: 200,
    notCompleted: { count: 5, of: 200 },
    lockouts: { count: 3, of: 200 },
  });
  expect(arms.isVoid).toBe(false);
});

test("where nobody is kept apart there is no second arm, and nothing to compare that could be void", () => {
  const cells = [sampleCell(0, 50), sampleCell(0, 50, { outcome: "legacy_unreported" })];
  expect(armsOf(cells, 50, "full")).toMatchObject({ legacy: null, isVoid: false });
});

test.each([
  { unreported: 5, isVoid: false },
  { unreported: 6, isVoid: true },
])(
  "with $unreported of 100 legacy ends not reported a comparison is void: $isVoid",
  ({ unreported, isVoid }) => {
    const cells = [
      sampleCell(0, 500),
      sampleFallback(0, 100 - unreported),
      sampleCell(0, unreported, { outcome: "legacy_unreported" }),
      sampleKeptApart(0, 50),
    ];
    const arms = armsOf(cells, 100, "full");
    expect(arms.isVoid).toBe(isVoid);
    // What nobody reported is in neither part of the share.
    expect(arms.biometric.notCompleted?.of).toBe(600 - unreported);
  },
);

test("the realised share is of those who could have been offered it", () => {
  const cells = [
    sampleCell(0, 30),
    sampleKeptApart(0, 70),
    sampleKeptApart(0, 900, { pathReason: "not_enrolled" }),
  ];
  expect(realisedShare(cells, 100, "full")).toMatchObject({ count: 30, of: 100, rate: { share: 0.3 } });
});

test("a viewer is told no arm with a small cell", () => {
  const cells = [sampleCell(0, 97, { lockedOut: 2 }), sampleCell(0, 5, { outcome: "abandoned" })];
  const arms = armsOf([...cells, sampleKeptApart(0, 4)], 100, "small_hidden");
  expect(arms.biometric.lockouts).toBeNull();
  expect(arms.biometric.notCompleted).toMatchObject({ count: 5 });
  expect(arms.legacy).toBeNull();
});
