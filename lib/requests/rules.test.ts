import { expect, test } from "vitest";
import { executeAt, fixedFrom, isClosed, nextState, type ProposalFacts, refusalToDecide } from "./rules.ts";
import { REQUEST_ACTS, REQUEST_STATES, RIGHTS } from "./types.ts";

const NOW = new Date("2026-03-12T14:32:00.000Z");
const hours = (count: number) => new Date(NOW.getTime() + count * 3_600_000);

/** Written out by hand: state, act, state. */
const FOR_ALL = `
received ask_identity identity_pending
received confirm_identity in_review
identity_pending confirm_identity in_review
in_review propose awaiting_approval
awaiting_approval send_back in_review
awaiting_approval deny denied
executing note_done verifying
outcome_unknown note_done verifying
executing note_unknown outcome_unknown
executing note_failure failed
verifying note_failure failed
outcome_unknown note_failure failed
verifying complete completed
received withdraw withdrawn
identity_pending withdraw withdrawn
in_review withdraw withdrawn
awaiting_approval withdraw withdrawn
awaiting_capture withdraw withdrawn
scheduled withdraw withdrawn
received close_duplicate duplicate
identity_pending close_duplicate duplicate
in_review close_duplicate duplicate
received close_not_controller not_controller
identity_pending close_not_controller not_controller
in_review close_not_controller not_controller
identity_pending close_unverified closed_unverified`;
/** Only what erases is held against the ledger after a restore. */
const CARRIED_OUT = `
executing close_carried_out withdrawn
outcome_unknown close_carried_out withdrawn
verifying close_carried_out withdrawn
failed close_carried_out withdrawn`;
const SCHEDULED = `
awaiting_approval approve scheduled
scheduled send_back in_review
scheduled start executing
failed retry executing`;
const ERASED = `${SCHEDULED}
completed reopen scheduled${CARRIED_OUT}`;
const CAPTURED = `
awaiting_approval approve awaiting_capture
awaiting_capture send_back in_review
awaiting_capture start executing
failed retry awaiting_capture`;
/** Nobody asked, so nobody is identified, and nothing is reviewed before it is proposed. */
const DELETED = `
received propose awaiting_approval
awaiting_approval send_back received
scheduled send_back received
awaiting_approval approve scheduled
awaiting_approval deny denied
scheduled start executing
failed retry executing
executing note_done verifying
outcome_unknown note_done verifying
executing note_unknown outcome_unknown
executing note_failure failed
verifying note_failure failed
outcome_unknown note_failure failed
verifying complete completed
received withdraw withdrawn
identity_pending withdraw withdrawn
in_review withdraw withdrawn
awaiting_approval withdraw withdrawn
awaiting_capture withdraw withdrawn
scheduled withdraw withdrawn
completed reopen scheduled${CARRIED_OUT}`;
const LEGAL = {
  erasure: FOR_ALL + ERASED,
  consent_withdrawal: FOR_ALL + ERASED,
  rectification: FOR_ALL + CAPTURED,
  access: FOR_ALL + SCHEDULED,
  block: FOR_ALL + SCHEDULED,
  deletion: DELETED,
};

test.each(RIGHTS)("of all pairs of state and act exactly the legal ones move a request for %s", (right) => {
  const moved = REQUEST_STATES.flatMap((state) =>
    REQUEST_ACTS.flatMap((act) => {
      const next = nextState(right, state, act);
      return next === null ? [] : [`${state} ${act} ${next}`];
    }),
  );
  expect(moved.sort()).toEqual(LEGAL[right].trim().split("\n").sort());
});

test("nothing leaves a closed state but what a restored database brought back", () => {
  const left = RIGHTS.flatMap((right) =>
    REQUEST_STATES.filter(isClosed).flatMap((state) =>
      REQUEST_ACTS.filter((act) => nextState(right, state, act) !== null).map(
        (act) => `${right} ${state} ${act}`,
      ),
    ),
  );
  expect(left).toEqual([
    "erasure completed reopen",
    "consent_withdrawal completed reopen",
    "deletion completed reopen",
  ]);
});

const proposal = (over: Partial<ProposalFacts> = {}): ProposalFacts => ({
  createdBy: "creator",
  assessedBy: "assessor",
  proposedAt: NOW,
  assessedDigest: "7f3a",
  presentDigest: "7f3a",
  isSingleControl: false,
  ...over,
});

test.each([
  ["somebody else", "another", proposal(), hours(1), null],
  ["who opened it", "creator", proposal(), hours(1), "not_second_person"],
  ["who assessed it", "assessor", proposal(), hours(1), "not_second_person"],
  ["the one officer there is", "assessor", proposal({ isSingleControl: true }), hours(1), null],
  ["somebody else after 72 hours", "another", proposal(), hours(72), "approval_expired"],
  ["somebody else a minute before", "another", proposal(), hours(71.98), null],
  [
    "somebody else of a changed preview",
    "another",
    proposal({ presentDigest: "b2" }),
    hours(1),
    "preview_changed",
  ],
] as const)("%s may decide as the rule says", (_, member, given, at, refusal) => {
  expect(refusalToDecide(given, member, at)).toBe(refusal);
});

test.each([
  ["waits its delay", 24, hours(96), false, hours(24)],
  ["is shortened so that the deadline is met", 24, hours(10), false, new Date(hours(10).getTime() - 60_000)],
  ["does not wait where the deadline has passed", 24, hours(-10), false, NOW],
  ["waits in full where the delay stands for a second person", 24, hours(10), true, hours(24)],
  ["waits 72 hours at most", 500, hours(1000), false, hours(72)],
] as const)("an approved act %s", (_, delayHours, overdueFrom, isSingleControl, at) => {
  expect(executeAt(NOW, { delayHours, overdueFrom, isSingleControl })).toEqual(at);
});

test.each([
  ["its end", { closedAt: hours(-5), executeAt: hours(-6), dueAt: hours(9) }, hours(-5)],
  ["its plan", { closedAt: null, executeAt: hours(6), dueAt: hours(9) }, hours(6)],
  ["its deadline", { closedAt: null, executeAt: null, dueAt: hours(9) }, hours(9)],
  ["now where that has passed", { closedAt: null, executeAt: null, dueAt: hours(-9) }, NOW],
])("what stays is added to no longer after %s", (_, request, from) => {
  expect(fixedFrom(request, NOW)).toEqual(from);
});
