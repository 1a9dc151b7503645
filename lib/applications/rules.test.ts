import { expect, test } from "vitest";
import { endInForce, isEnded, isQuiet, keyStateOf, rotationOf, standingOf } from "./rules.ts";
import type { ApplicationKey } from "./types.ts";

const now = new Date("2026-03-13T12:00:00Z");
const inHours = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
const key = (facts: Partial<ApplicationKey>): ApplicationKey => ({
  id: "k",
  ending: "c3Xe",
  state: "live",
  createdAt: inHours(-24 * 38),
  createdByName: null,
  storedAt: null,
  firstUsedAt: null,
  lastUsedAt: null,
  callsLastHour: 0,
  endsAt: null,
  ...facts,
});

test.each([
  ["has no planned end", null, { firstUsedAt: inHours(-90), isLive: true }, null],
  ["was not replaced", inHours(1), null, null],
  ["has a successor nobody ever used", inHours(-1), { firstUsedAt: null, isLive: true }, null],
  ["has a successor that was revoked", inHours(-1), { firstUsedAt: inHours(-90), isLive: false }, null],
  ["has a successor in use", inHours(-1), { firstUsedAt: inHours(-90), isLive: true }, inHours(-1)],
  [
    "has a successor whose first call is younger than a day",
    inHours(-1),
    { firstUsedAt: inHours(-2), isLive: true },
    inHours(22),
  ],
])("the end in force of a key that %s", (_, endsAt, successor, expected) => {
  expect(endInForce({ endsAt, successor })).toEqual(expected);
});

test("a key is over from its end on, and never without one", () => {
  expect(isEnded({ endsAt: null }, now)).toBe(false);
  expect(isEnded({ endsAt: inHours(1) }, now)).toBe(false);
  expect(isEnded({ endsAt: now }, now)).toBe(true);
});

test("a key is quiet after 24 hours without a call", () => {
  expect(isQuiet({ lastUsedAt: null }, now)).toBe(true);
  expect(isQuiet({ lastUsedAt: inHours(-23.9) }, now)).toBe(false);
  expect(isQuiet({ lastUsedAt: inHours(-24) }, now)).toBe(true);
});

test.each([
  [null, null, null, "waiting"],
  [inHours(-1), null, null, "live"],
  [inHours(-1), inHours(5), inHours(5), "ending"],
  [inHours(-1), inHours(5), null, "ending"],
  [inHours(-1), inHours(-5), null, "kept"],
  [inHours(-1), inHours(-5), inHours(3), "ending"],
] as const)(
  "a key first used %s, planned to end %s, in force %s is %s",
  (firstUsedAt, planned, inForce, state) => {
    expect(keyStateOf({ firstUsedAt }, { planned, inForce }, now)).toBe(state);
  },
);

test.each([
  {
    name: "waits for the key to be stored",
    successor: {},
    old: { lastUsedAt: inHours(-0.1) },
    expected: { step: "store", warning: null, mayEnd: false },
  },
  {
    name: "waits for its first call",
    successor: { storedAt: inHours(-1) },
    old: { lastUsedAt: inHours(-0.1) },
    expected: { step: "use", warning: null, mayEnd: false },
  },
  {
    name: "waits for the old key to fall silent",
    successor: { firstUsedAt: inHours(-2) },
    old: { lastUsedAt: inHours(-0.1) },
    expected: { step: "move", warning: null, mayEnd: false },
  },
  {
    name: "waits for the end only",
    successor: { firstUsedAt: inHours(-30) },
    old: { lastUsedAt: inHours(-25) },
    expected: { step: "end", warning: null, mayEnd: true },
  },
  {
    name: "warns two days before the end that the new key was never used, also where the old one is silent",
    successor: { storedAt: inHours(-1) },
    old: { lastUsedAt: inHours(-40), endsAt: inHours(47) },
    expected: { step: "use", warning: "unused", mayEnd: false },
  },
  {
    name: "warns two days before the end that the old key is still called",
    successor: { firstUsedAt: inHours(-2) },
    old: { lastUsedAt: inHours(-0.1), endsAt: inHours(47) },
    expected: { step: "move", warning: "still_called", mayEnd: false },
  },
])("a rotation $name", ({ successor, old, expected }) => {
  const rotation = rotationOf(key({ endsAt: inHours(24 * 6), ...old }), key(successor), now);
  expect(rotation).toMatchObject(expected);
});

test("of an application the worst is said first", () => {
  const live = key({ firstUsedAt: inHours(-1) });
  const rotating = rotationOf(key({ endsAt: inHours(90), state: "ending" }), live, now);
  const kept = rotationOf(key({ endsAt: inHours(-1), state: "kept" }), key({}), now);
  const of = (facts: Partial<Parameters<typeof standingOf>[0]>) =>
    standingOf({ disabledAt: null, keys: [live], rotation: null, ...facts });
  expect(of({ disabledAt: now, keys: [] })).toBe("disabled");
  expect(of({ keys: [] })).toBe("no_key");
  expect(of({ rotation: kept })).toBe("kept");
  expect(of({ rotation: rotating })).toBe("rotating");
  expect(of({ keys: [key({ state: "waiting" })] })).toBe("waiting");
  expect(of({})).toBe("live");
});
