import { expect, test } from "vitest";
import type { Role } from "#lib/members/schema.ts";
import { isClosed } from "#lib/requests/rules.ts";
import { REQUEST_STATES } from "#lib/requests/types.ts";
import { mayTake, type TurnFacts, turnOf, whoIsNext } from "./rules.ts";

const AT = new Date("2026-03-13T12:05:00.000Z");
const facts = (over: Partial<TurnFacts> = {}): TurnFacts => ({
  right: "erasure",
  channel: "email",
  state: "received",
  openedBy: "opener",
  assessedBy: "assessor",
  executeAt: null,
  nextTryAt: null,
  toTell: 0,
  ...over,
});
const officer = (memberId: string) => ({
  memberId,
  name: memberId,
  role: "compliance_officer" as Role,
});
const administrator = (memberId: string) => ({ ...officer(memberId), role: "administrator" as Role });

test.each([
  ["received", true, false],
  ["identity_pending", true, false],
  ["in_review", true, false],
  ["awaiting_approval", true, true],
  ["awaiting_capture", false, false],
  ["scheduled", false, false],
  ["executing", false, false],
  ["verifying", false, false],
  ["outcome_unknown", false, false],
  ["failed", true, true],
  ["completed", false, false],
  ["denied", false, false],
  ["withdrawn", false, false],
  ["duplicate", false, false],
  ["not_controller", false, false],
  ["closed_unverified", false, false],
] as const)(
  "an erasure that is %s is next for an officer: %s, for an administrator: %s",
  (state, byOfficer, byAdmin) => {
    const turn = turnOf(facts({ state }), false);
    expect(mayTake(turn, officer("another"))).toBe(byOfficer);
    expect(mayTake(turn, administrator("another"))).toBe(byAdmin);
  },
);

test("who may tell recipients is asked to, and a full access is handed over by who assesses", () => {
  const told = turnOf(facts({ state: "verifying", toTell: 1 }), false);
  expect(mayTake(told, officer("another"))).toBe(true);
  expect(mayTake(told, administrator("another"))).toBe(true);
  const handedOver = turnOf(facts({ state: "verifying", right: "access" }), false);
  expect(mayTake(handedOver, officer("another"))).toBe(true);
  expect(mayTake(handedOver, administrator("another"))).toBe(false);
});

test.each(["product_manager", "viewer"] as const)("nothing is ever next for a %s", (role) => {
  for (const state of REQUEST_STATES)
    expect(mayTake(turnOf(facts({ state, toTell: 1 }), true), { memberId: "another", role })).toBe(false);
});

test("whoever opened or assessed a request is not asked to decide it, except under single control", () => {
  const state = "awaiting_approval";
  for (const own of ["opener", "assessor"]) {
    expect(mayTake(turnOf(facts({ state }), false), officer(own))).toBe(false);
    expect(mayTake(turnOf(facts({ state }), true), officer(own))).toBe(true);
  }
});

test("a deletion outside a request is next for administrators alone", () => {
  for (const state of ["received", "awaiting_approval"] as const) {
    const turn = turnOf(facts({ state, right: "deletion", channel: "console", openedBy: null }), false);
    expect(mayTake(turn, administrator("another"))).toBe(true);
    expect(mayTake(turn, officer("another"))).toBe(false);
  }
});

test("what is past its retention is put up by Gatehouse, and decided by another than who saved the rule", () => {
  const past = { right: "deletion", channel: "retention", openedBy: null } as const;
  expect(turnOf(facts({ ...past, state: "received" }), false)).toEqual({ by: "gatehouse", at: null });
  const turn = turnOf(facts({ ...past, state: "awaiting_approval" }), false);
  expect(mayTake(turn, officer("another"))).toBe(true);
  expect(mayTake(turn, administrator("another"))).toBe(true);
  expect(mayTake(turn, administrator("assessor"))).toBe(false);
});

test("Gatehouse is next at the end of the delay, and when it asks or tries again", () => {
  expect(turnOf(facts({ state: "scheduled", executeAt: AT }), false)).toEqual({ by: "gatehouse", at: AT });
  expect(turnOf(facts({ state: "outcome_unknown", nextTryAt: AT }), false)).toEqual({
    by: "gatehouse",
    at: AT,
  });
  expect(turnOf(facts({ state: "failed", nextTryAt: AT }), false)).toEqual({ by: "gatehouse", at: AT });
  expect(turnOf(facts({ state: "executing" }), false)).toEqual({ by: "gatehouse", at: null });
});

test("what is proven but not told to its recipients waits for an officer", () => {
  expect(mayTake(turnOf(facts({ state: "verifying", toTell: 1 }), false), officer("another"))).toBe(true);
});

test("a closed request, and no other, is nobody's turn", () => {
  for (const state of REQUEST_STATES) expect(turnOf(facts({ state }), false) === null).toBe(isClosed(state));
});

test("a turn names the reader apart from the colleagues who could take it as well", () => {
  const all = [
    officer("me"),
    officer("opener"),
    administrator("admin"),
    { ...officer("pm"), role: "viewer" as Role },
  ];
  const turn = turnOf(facts({ state: "awaiting_approval" }), false);
  expect(whoIsNext(turn, all, "me")).toEqual({ by: "members", isYou: true, others: ["admin"] });
  expect(whoIsNext(turn, all, "opener")).toEqual({ by: "members", isYou: false, others: ["me", "admin"] });
  expect(whoIsNext(turn, [officer("opener")], "opener")).toEqual({ by: "members", isYou: false, others: [] });
});
