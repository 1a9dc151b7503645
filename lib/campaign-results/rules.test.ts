import { expect, test } from "vitest";
import {
  adviceFor,
  cellsOf,
  liveShareOf,
  noFlaws,
  standingOf,
  stateOfTester,
  swappedOf,
  totalsOf,
  verdictOf,
  weakSpotOf,
} from "./rules.ts";
import { sampleCampaign, tried } from "./testing/sample-campaign.ts";
import type { Flaw } from "./types.ts";

const SETTING = { triesWanted: 20, limitPercent: 90 };

test.each([
  { recognised: 0, tries: 0, verdict: "not_tried" },
  { recognised: 20, tries: 20, verdict: "fine" },
  // Exactly at the limit is not below it.
  { recognised: 18, tries: 20, verdict: "fine" },
  { recognised: 17, tries: 20, verdict: "weak" },
  // The interval of 16 of 20 reaches to 91.9 %, that of 15 of 20 to 88.8 %.
  { recognised: 16, tries: 20, verdict: "weak" },
  { recognised: 15, tries: 20, verdict: "clearly_weak" },
  { recognised: 19, tries: 19, verdict: "too_few" },
  { recognised: 1, tries: 2, verdict: "too_few" },
  { recognised: 0, tries: 19, verdict: "too_few" },
  { recognised: 36, tries: 40, verdict: "fine" },
] as const)("$recognised of $tries recognised, with 20 wanted and a limit of 90 %, is $verdict", (cell) => {
  expect(verdictOf(cell, SETTING)).toBe(cell.verdict);
});

test("a limit of 100 % is met by nothing less", () => {
  expect(verdictOf({ recognised: 20, tries: 20 }, { triesWanted: 20, limitPercent: 100 })).toBe("fine");
  expect(verdictOf({ recognised: 199, tries: 200 }, { triesWanted: 20, limitPercent: 100 })).toBe(
    "clearly_weak",
  );
});

test("every condition has its cell in the order of the matrix, and calls without an answer count neither way", () => {
  const cells = cellsOf(sampleCampaign(), [
    tried({ in: "old dim front", recognised: 3, notRecognised: 2, unusable: 1, failed: 9 }),
  ]);
  expect(cells.map(({ deviceId, lighting, position }) => [deviceId, lighting, position].join(" "))).toEqual([
    "new window front",
    "new window flat",
    "new dim front",
    "new dim flat",
    "old window front",
    "old window flat",
    "old dim front",
    "old dim flat",
  ]);
  expect(cells[6]).toMatchObject({ tries: 6, recognised: 3, failed: 9 });
  expect(cells[6]?.rate?.share).toBe(0.5);
  expect(totalsOf(cells)).toMatchObject({ tries: 6, recognised: 3, failed: 9, cells: 8, judged: 0, fine: 0 });
});

test.each([
  ["nothing is below the limit", [tried({ in: "old dim front", recognised: 18, notRecognised: 2 })], null],
  ["there are too few tries", [tried({ in: "old dim front", recognised: 2, notRecognised: 17 })], null],
  ["one is below", [tried({ in: "old dim front", recognised: 17, notRecognised: 3 })], "old dim face"],
  [
    "the lower of two",
    [
      tried({ in: "new dim front", recognised: 14, notRecognised: 6 }),
      tried({ in: "old dim front", recognised: 12, unusable: 8 }),
    ],
    "old dim face",
  ],
  [
    "what is clear before what is lower by chance",
    [
      tried({ in: "new window front", recognised: 150, notRecognised: 50 }),
      tried({ in: "old window flat", recognised: 16, notRecognised: 4 }),
    ],
    "new window face",
  ],
  [
    "fingers apart from faces",
    [tried({ in: "old dim flat", recognised: 4, unusable: 16 })],
    "old dim fingers",
  ],
] as const)("the weak spot, where %s, is %s", (_, counts, expected) => {
  const campaign = sampleCampaign();
  const spot = weakSpotOf(campaign, cellsOf(campaign, counts));
  expect(spot && [spot.deviceId, spot.lighting, spot.modality].join(" ")).toBe(expected);
});

test.each<
  [Parameters<typeof adviceFor>[0]["lighting"], "face" | "fingers", Partial<Record<Flaw, number>>, string]
>([
  ["dim", "face", {}, "light_screen"],
  ["dim", "face", { dark: 9, blurred: 2 }, "light_screen"],
  ["light_behind", "face", { dark: 9 }, "turn_to_light"],
  ["outdoors", "face", { none: 9, bright: 1 }, "find_shade"],
  ["window", "face", { none: 9 }, "enrol_again"],
  ["window", "face", { dark: 9 }, "more_light"],
  ["lamp", "face", { bright: 5, none: 5 }, "less_light"],
  ["dim", "face", { blurred: 8, dark: 3 }, "hold_still"],
  ["dim", "face", { far: 8, dark: 3 }, "come_closer"],
  // Less than half explains it: the light does.
  ["dim", "face", { blurred: 4, far: 3, none: 3 }, "light_screen"],
  ["dim", "fingers", { none: 5 }, "press_flat"],
  ["lamp", "fingers", { faint: 5 }, "press_flat"],
])("in %s light, of %s with %o, what to try next is %s", (lighting, modality, flaws, advice) => {
  expect(adviceFor({ lighting, modality, flaws: { ...noFlaws(), ...flaws } })).toBe(advice);
});

test("wrongly recognised is told with its upper bound, and calls without an answer are none of it", () => {
  expect(swappedOf({ refused: 240, accepted: 0, failed: 7 }).rate?.high).toBeCloseTo(0.0158, 4);
  expect(swappedOf({ refused: 0, accepted: 0, failed: 7 }).rate).toBeNull();
});

const cells = [
  { value: "phone_android", fellBack: 43 },
  { value: "phone_ios", fellBack: 57 },
];
test.each([
  ["enough people", cells, { people: 30, grant: "full" }, 0.43],
  ["too few people", cells, { people: 29, grant: "full" }, null],
  ["too few fallbacks", [{ value: "phone_android", fellBack: 29 }], { people: 500, grant: "full" }, null],
  ["none of this class", [{ value: "kiosk", fellBack: 100 }], { people: 500, grant: "full" }, null],
  [
    "a part too small for the reader",
    [...cells.slice(1), { value: "phone_android", fellBack: 4 }],
    { people: 500, grant: "small_hidden" },
    null,
  ],
] as const)("of live fallbacks, with %s, the share told is %s", (_, own, reader, share) => {
  expect(liveShareOf(own, "phone_android", reader)?.share ?? null).toBe(share);
});

const [before, at] = [new Date("2026-03-13T12:00:00Z"), new Date("2026-03-27T12:00:00Z")];
test.each([
  [{ consentedAt: null, leftAt: null, withdrawnAt: null }, "invited"],
  [{ consentedAt: before, leftAt: null, withdrawnAt: null }, "taking_part"],
  [{ consentedAt: before, leftAt: null, withdrawnAt: at }, "withdrawn"],
  [{ consentedAt: before, leftAt: at, withdrawnAt: at }, "left"],
] as const)("a tester with %o is %s", (tester, state) => {
  expect(stateOfTester(tester)).toBe(state);
});

test.each([
  [{ closedAt: null, endsAt: at }, before, "open"],
  [{ closedAt: null, endsAt: at }, at, "ended"],
  [{ closedAt: before, endsAt: at }, at, "closed"],
] as const)("a campaign with %o is at %s %s", (campaign, now, standing) => {
  expect(standingOf(campaign, now)).toBe(standing);
});
