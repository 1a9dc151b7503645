import { describe, expect, test } from "vitest";
import type { RequestRow } from "#lib/requests/queries.ts";
import { isClosed, nextState } from "#lib/requests/rules.ts";
import { REQUEST_ACTS, REQUEST_STATES, type RequestState, RIGHTS, type Right } from "#lib/requests/types.ts";
import { decidableUntil, decisionLockOf, ifApproved, offersOf, trackOf } from "./rules.ts";

const HOUR_MS = 3_600_000;
const AT = new Date("2026-03-13T12:00:00.000Z");
const later = (hours: number) => new Date(AT.getTime() + hours * HOUR_MS);

const row = (over: Partial<RequestRow> = {}): RequestRow => ({
  id: "request",
  protocol: "REQ-2026-0001",
  right: "erasure",
  regimes: ["lgpd"],
  state: "received",
  version: 1,
  customId: "person",
  subjectRef: "ref",
  subjectEpoch: 1,
  personId: null,
  legalBasis: null,
  deletionReason: null,
  batchId: null,
  channel: "email",
  receivedAt: AT,
  openedAt: AT,
  openedBy: "opener",
  applicationId: null,
  identityAskedAt: null,
  identityMethod: null,
  identityCheckedBy: null,
  identityCheckedAt: null,
  proposal: null,
  denialGround: null,
  assessment: null,
  preview: null,
  previewDigest: null,
  assessedBy: null,
  assessedAt: null,
  decidedBy: null,
  decidedAt: null,
  isSingleControl: false,
  executeAt: null,
  extendedAt: null,
  extensionReason: null,
  ruleVersion: "1",
  dueAt: later(360),
  round: 1,
  failures: 0,
  nextTryAt: null,
  closedAt: null,
  reopenedAfterRestore: false,
  ...over,
});

const nowOf = (right: Right, state: RequestState) =>
  trackOf(row({ right, state })).find((step) => step.state === "now")?.name ?? null;

/** The states a request for this right can come to. */
function reachable(right: Right): RequestState[] {
  const found = new Set<RequestState>(["received"]);
  for (const state of found)
    for (const act of REQUEST_ACTS) {
      const next = nextState(right, state, act);
      if (next !== null) found.add(next);
    }
  return [...found];
}

describe("the track", () => {
  test.each([
    ["erasure", ["identity", "identity", "review", "approval", "waiting", "deleting", "proving", "deleting"]],
    [
      "consent_withdrawal",
      ["identity", "identity", "review", "approval", "waiting", "deleting", "proving", "deleting"],
    ],
    [
      "access",
      ["identity", "identity", "review", "approval", "composing", "composing", "handing", "composing"],
    ],
    ["block", ["identity", "identity", "review", "approval", "blocking", "blocking", "blocking", "blocking"]],
    [
      "rectification",
      ["identity", "identity", "review", "approval", "updating", "updating", "verifying", "updating"],
    ],
  ] as const)("of a request for %s stands at the step that is being taken", (right, steps) => {
    const states = [
      "received",
      "identity_pending",
      "in_review",
      "awaiting_approval",
      "scheduled",
      "executing",
      "verifying",
      "failed",
    ] as const;
    expect(states.map((state) => nowOf(right, state))).toEqual(steps);
  });

  test("of a deletion begins at the approval, as nobody asked for it", () => {
    expect(nowOf("deletion", "received")).toBe("approval");
    expect(trackOf(row({ right: "deletion" })).map(({ name }) => name)).not.toContain("identity");
  });

  test.each(RIGHTS.flatMap((right) => reachable(right).map((state) => [right, state] as const)))(
    "of %s that is %s has no step twice, and one present step unless everything is done",
    (right, state) => {
      const track = trackOf(row({ right, state, closedAt: isClosed(state) ? later(1) : null }));
      expect(new Set(track.map(({ name }) => name)).size).toBe(track.length);
      expect(track.filter((step) => step.state === "now")).toHaveLength(state === "completed" ? 0 : 1);
      if (!isClosed(state)) expect(track.at(-1)).toMatchObject({ name: "done", state: "later" });
    },
  );

  test("of a request that ended early shows what was done and then its end", () => {
    const track = trackOf(row({ state: "withdrawn", identityCheckedAt: later(1), closedAt: later(2) }));
    expect(track).toEqual([
      { name: "received", state: "done", at: AT },
      { name: "identity", state: "done", at: later(1) },
      { name: "ended", state: "now", at: later(2) },
    ]);
  });
});

const offers = (over: Partial<RequestRow>, role: "compliance_officer" | "administrator" | "viewer") =>
  offersOf({ request: row(over), role, mayExtend: true, now: AT });

describe("what is offered", () => {
  test.each(RIGHTS.flatMap((right) => REQUEST_STATES.map((state) => [right, state] as const)))(
    "of %s that is %s is a legal step",
    (right, state) => {
      const offered = offers({ right, state }, "compliance_officer");
      const is = (act: Parameters<typeof nextState>[2]) => nextState(right, state, act) !== null;
      expect(offered.askIdentity).toBe(is("ask_identity"));
      expect(offered.confirmIdentity).toBe(is("confirm_identity"));
      expect(offered.withdraw).toBe(is("withdraw"));
      expect(offered.retry).toBe(is("retry"));
      expect(offered.handOver).toBe(right === "access" && state === "verifying");
      expect(offered.capture).toBe(state === "awaiting_capture");
      for (const reason of offered.close) expect(is(`close_${reason}`)).toBe(true);
    },
  );

  test.each(REQUEST_STATES)("to a viewer is nothing at %s", (state) => {
    const { close, ...rest } = offers({ state }, "viewer");
    expect(close).toEqual([]);
    expect(Object.values(rest).filter(Boolean)).toEqual([]);
  });

  test("of a request that a list decides is no decision and no way back", () => {
    const alone = offers({ state: "awaiting_approval" }, "compliance_officer");
    const listed = offers({ state: "awaiting_approval", batchId: "list" }, "compliance_officer");
    expect([alone.decide, alone.sendBack]).toEqual([true, true]);
    expect([listed.decide, listed.sendBack]).toEqual([false, false]);
  });
});

describe("the lock of a decision", () => {
  const proposed = {
    state: "awaiting_approval",
    assessedAt: AT,
    assessedBy: "assessor",
    previewDigest: "digest",
    proposal: "grant",
  } as const;
  const facts = {
    viewer: { memberId: "second", role: "compliance_officer" },
    presentDigest: "digest",
    isOnHold: false,
    isSingleControl: false,
    now: later(1),
  } as const;

  test.each([
    ["nothing, for a second person", null, {}, {}],
    ["nothing, before a proposal", null, { state: "in_review" }, {}],
    ["the list", "decided_by_list", { batchId: "list" }, {}],
    ["the role, of a deletion", "not_your_role", { right: "deletion", channel: "console" }, {}],
    ["having opened it", "not_second_person", { openedBy: "second" }, {}],
    ["having assessed it", "not_second_person", { assessedBy: "second" }, {}],
    ["nothing, where one officer is all there is", null, { assessedBy: "second" }, { isSingleControl: true }],
    ["what changed", "preview_changed", {}, { presentDigest: "another" }],
    ["nothing, where nobody is named any more", null, {}, { presentDigest: null }],
    ["nothing, a moment before 72 hours", null, {}, { now: new Date(later(72).getTime() - 1) }],
    ["72 hours", "approval_expired", {}, { now: later(72) }],
    ["a legal hold", "on_hold", {}, { isOnHold: true }],
    ["nothing, where a hold is the reason to deny", null, { proposal: "deny" }, { isOnHold: true }],
  ] as const)("is %s", (_why, lock, request, over) => {
    expect(decisionLockOf({ ...facts, ...over, request: row({ ...proposed, ...request }) })).toBe(lock);
  });

  test("comes with the hour until which a proposal can be decided", () => {
    expect(decidableUntil(AT)).toEqual(later(72));
  });
});

describe("approving now", () => {
  test.each([
    ["in full where there is time", 360, false, { executeAt: later(24), isShortened: false, isInTime: true }],
    [
      "cut to a minute before the end",
      10,
      false,
      { executeAt: new Date(later(10).getTime() - 60_000), isShortened: true, isInTime: true },
    ],
    ["gone after the end", -5, false, { executeAt: AT, isShortened: true, isInTime: false }],
    [
      "kept late where it replaces the second person",
      10,
      true,
      { executeAt: later(24), isShortened: false, isInTime: false },
    ],
  ] as const)("leaves a delay %s", (_what, dueIn, isSingleControl, brought) => {
    const told = ifApproved({ delayHours: 24, dueAt: later(dueIn), isSingleControl, now: AT });
    expect(told).toMatchObject(brought);
    expect(told.shortensFrom).toEqual(new Date(later(dueIn - 24).getTime() - 60_000));
  });
});
