import { expect, test } from "vitest";
import type { TesterTry, TesterView } from "#lib/campaigns/types.ts";
import { NOTHING_CHOSEN, type Place, placeOf, without } from "./walk.ts";

const PHONE = "a";
const onPhone = { deviceId: PHONE, leftOut: [] };
const tried = (lighting: "window" | "dim", position: "front" | "flat", place = 1): TesterTry => {
  return { deviceId: PHONE, lighting, position, place, outcome: "recognised" };
};

const view = (more: Partial<TesterView> = {}): TesterView => ({
  number: 1,
  campaign: {
    ...{ name: "March", kind: "staging", host: "hml-api.example", endsAt: new Date(0), swapped: false },
    devices: [
      { id: PHONE, label: "Phone", deviceClass: "phone_android" },
      { id: "b", label: "Laptop", deviceClass: "desktop_windows" },
    ],
    lightings: ["window", "dim"],
    positions: ["front", "flat"],
    triesEach: 2,
  },
  hasConsented: true,
  enrolled: ["face", "fingers"],
  tries: [],
  ...more,
});

const short = (place: Place): string =>
  place.at === "try" ? `try ${place.step.lighting} ${place.step.position} ${place.number}` : place.at;

test.each([
  ["before consent", view({ hasConsented: false }), NOTHING_CHOSEN, "consent"],
  ["before a device", view(), NOTHING_CHOSEN, "device"],
  ["with a device of another campaign", view(), { deviceId: "x", leftOut: [] }, "device"],
  ["before being enrolled", view({ enrolled: [] }), onPhone, "enrol"],
  ["at the beginning", view(), onPhone, "try window front 1"],
  ["after one try", view({ tries: [tried("window", "front")] }), onPhone, "try window front 2"],
  [
    "after both",
    view({ tries: [tried("window", "front"), tried("window", "front", 2)] }),
    onPhone,
    "try window flat 1",
  ],
  ["with a finger not enrolled yet", view({ enrolled: ["fingers"] }), onPhone, "enrol"],
  [
    "with something left out",
    view(),
    { ...onPhone, leftOut: ["window front", "window flat"] },
    "try dim front 1",
  ],
  [
    "on another device",
    view({ tries: [tried("window", "front")] }),
    { ...onPhone, deviceId: "b" },
    "try window front 1",
  ],
  [
    "with all left out",
    view(),
    { ...onPhone, leftOut: ["window front", "window flat", "dim front", "dim flat"] },
    "end",
  ],
])("%s the tester is at the right place", (_, seen, chosen, expected) => {
  expect(short(placeOf(seen, chosen))).toBe(expected);
});

test("what was left out is counted at the end, and the progress counts tries", () => {
  const seen = view({ enrolled: ["face"], tries: [tried("window", "front"), tried("window", "front", 2)] });
  const leftOut = [...without(seen, onPhone, "fingers"), "dim front"];
  expect(placeOf(seen, { ...onPhone, leftOut })).toMatchObject({
    at: "end",
    leftOut: 3,
    progress: { done: 2, all: 8 },
  });
});
