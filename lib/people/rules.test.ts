import { describe, expect, test } from "vitest";
import type { Role } from "#lib/members/schema.ts";
import type { RequestState, Right } from "#lib/requests/types.ts";
import {
  actLockOf,
  explainPath,
  findMatch,
  isEndOnly,
  keepingOffersOf,
  listItemOf,
  maskCustomId,
} from "./rules.ts";

describe("maskCustomId", () => {
  test.each([
    ["sample-000042", "••••0042"],
    ["abcdef", "••••def"],
    ["ab", "••••b"],
    ["a", "••••"],
    ["pessoa-😀😀😀😀", "••••😀😀😀😀"],
  ])("%s is shown as %s, never more than half of it", (customId, masked) => {
    expect(maskCustomId(customId)).toBe(masked);
  });
});

describe("isEndOnly", () => {
  test("nobody can look for more of a masked CustomID than the mask shows", () => {
    expect(isEndOnly("0042")).toBe(true);
    expect(isEndOnly("00042")).toBe(false);
  });
});

describe("findMatch", () => {
  test("marks the matching letters in the CustomID as it was given", () => {
    expect(findMatch("u-48213-sample", "4821")).toEqual({ from: 2, to: 6 });
  });
  test("marks across case and spaces that the search folds away", () => {
    expect(findMatch("U 48 213", "u4821")).toEqual({ from: 0, to: 7 });
  });
  test("counts a letter outside the basic plane as one mark", () => {
    expect(findMatch("😀ab", "ab")).toEqual({ from: 2, to: 4 });
  });
  test("marks nothing where the text is not inside", () => {
    expect(findMatch("u-1", "9")).toBeNull();
    expect(findMatch("u-1", "")).toBeNull();
  });
});

describe("explainPath", () => {
  const now = new Date("2026-03-13T12:00:00Z");
  const later = new Date("2026-03-13T12:00:01Z");
  const enrolled = {
    id: "sample",
    status: "enrolled",
    bucket: 24,
    isEarlyAdopter: false,
    pausedUntil: null,
    failuresInARow: 0,
  } as const;
  const stage = { exposurePercent: 25, offersEarlyAdopters: false, halted: false };
  const cases = [
    [enrolled, stage, "exposed", null],
    [{ ...enrolled, bucket: 25 }, stage, "not_exposed", "exposure"],
    [
      { ...enrolled, bucket: 25, isEarlyAdopter: true },
      { ...stage, offersEarlyAdopters: true },
      "exposed",
      null,
    ],
    [{ ...enrolled, bucket: 25, isEarlyAdopter: true }, stage, "not_exposed", "exposure"],
    [enrolled, { ...stage, halted: true }, "halted", "halt"],
    [{ ...enrolled, status: "pending" }, stage, "enrollment_pending", "enrolled"],
    [{ ...enrolled, status: "blocked" }, stage, "blocked", "held_back"],
    [{ ...enrolled, pausedUntil: later }, stage, "paused", "failures"],
    [{ ...enrolled, pausedUntil: now }, stage, "exposed", null],
    [enrolled, null, "not_exposed", "exposure"],
  ] as const;
  test.each(cases)("%j at %j is %s, stopped by the step %s", (person, exposure, reason, stoppedBy) => {
    const explained = explainPath(person, exposure, now);
    expect(explained.reason).toBe(reason);
    expect(explained.steps.filter(({ passed }) => !passed).map(({ asked }) => asked)).toEqual(
      stoppedBy === null ? [] : [stoppedBy],
    );
  });
  test("a circuit held open is told as what stops somebody whom nothing else does", () => {
    const { reason, steps } = explainPath(enrolled, stage, now, true);
    expect(reason).toBe("circuit_held");
    expect(steps.find(({ passed }) => !passed)).toEqual({ asked: "circuit", passed: false });
  });
  test("the biometric path is given exactly when every step is passed", () => {
    for (const [person, exposure] of cases) {
      const { path, steps } = explainPath(person, exposure, now);
      expect(path === "biometric").toBe(steps.every(({ passed }) => passed));
    }
  });
});

describe("listItemOf", () => {
  const now = new Date("2026-03-13T12:00:00Z");
  const person = {
    id: "sample",
    customId: "sample-000042",
    status: "enrolled",
    faceEnrolled: true,
    fingersEnrolled: [2, 7],
    bucket: 3,
    isEarlyAdopter: false,
    failuresInARow: 5,
    pausedUntil: new Date("2026-03-13T12:15:00Z"),
    createdAt: now,
    enrolledAt: now,
    confirmedAt: now,
    lastLoginAt: null,
    lastLoginOutcome: null,
    matched: { from: 7, to: 13 },
  } as const;
  const found = { ...person, fingersEnrolled: [...person.fingersEnrolled] };
  const stage = { exposurePercent: 25, offersEarlyAdopters: false, halted: false };

  test("a masked reader is sent no more of a CustomID than its end, and no mark that could tell more", () => {
    const item = listItemOf(found, "masked", stage, now);
    expect(JSON.stringify(item)).not.toContain("00042");
    expect(item).toMatchObject({ customId: "••••0042", matched: null });
  });
  test("a pause is a status of its own and leads to the old way", () => {
    expect(listItemOf(found, "whole", stage, now)).toMatchObject({
      customId: "sample-000042",
      matched: { from: 7, to: 13 },
      fingers: 2,
      standing: "paused",
      path: "legacy",
      pathReason: "paused",
    });
  });
});

test.each([
  ["enrolled", true, true, null],
  ["enrolled", true, false, "role"],
  ["blocked", true, true, "blocked"],
  ["pending", true, true, "pending"],
  ["enrolled", false, true, "pending"],
] as const)(
  "verifying somebody who is %s, enrolled with a face: %s, by a role that may: %s, is locked by %s",
  (status, faceEnrolled, roleMay, lock) => {
    expect(actLockOf({ status, faceEnrolled, fingersEnrolled: [] }, roleMay)).toBe(lock);
  },
);

const keeping = (role: Role, more: Partial<Parameters<typeof keepingOffersOf>[0]> = {}) =>
  keepingOffersOf({
    viewer: { memberId: "me", role },
    ...{ hold: null, block: null, requests: [], isSingleControl: false },
    ...more,
  });
const open = (right: Right, id = "request", state: RequestState = "received") => ({
  ...{ id, right, state, closedAt: null },
});

test("a hold is placed by officers and administrators, and released by another than who placed it", () => {
  expect(keeping("viewer")).toEqual({
    placeHold: false,
    releaseHold: null,
    liftBlock: null,
    mayDelete: false,
  });
  expect(keeping("compliance_officer")).toMatchObject({ placeHold: true, releaseHold: null });
  const mine = { hold: { placedBy: "me" } };
  expect(keeping("compliance_officer", mine)).toMatchObject({
    placeHold: false,
    releaseHold: "not_second_person",
  });
  expect(keeping("compliance_officer", { ...mine, isSingleControl: true })).toMatchObject({
    releaseHold: "free",
  });
  expect(keeping("administrator", { hold: { placedBy: "other" } })).toMatchObject({
    releaseHold: "free",
    mayDelete: false,
  });
});

test("a block that an open request needs is not lifted, and a record that is being erased not deleted", () => {
  const block = { requestId: "request" };
  expect(keeping("administrator", { block })).toMatchObject({ liftBlock: "free" });
  expect(keeping("administrator", { block, requests: [open("access")] })).toMatchObject({
    liftBlock: "still_needed",
  });
  const besides = (...other: Parameters<typeof open>) =>
    keeping("administrator", { block, requests: [open(...other)] }).liftBlock;
  expect(besides("access", "other")).toBe("free");
  expect(besides("erasure", "other")).toBe("free");
  expect(besides("erasure", "other", "scheduled")).toBe("still_needed");
  expect(besides("consent_withdrawal", "other")).toBe("still_needed");
  expect(keeping("administrator").mayDelete).toBe(true);
  expect(keeping("administrator", { requests: [open("erasure")] }).mayDelete).toBe(false);
  expect(keeping("compliance_officer").mayDelete).toBe(false);
});
