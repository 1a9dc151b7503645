import { expect, test } from "vitest";
import { BATCH_STATES } from "#lib/requests/types.ts";
import { examineList } from "./examine-list.ts";
import { doneAt, nextBatchState, progressOf, receiptOf, refusalToApprove } from "./rules.ts";
import { BATCH_ACTS } from "./types.ts";

const LEGAL = [
  "checking finish_check checked",
  "checking withdraw withdrawn",
  "checked assess opening",
  "checked withdraw withdrawn",
  "opening find_none checked",
  "opening propose awaiting_approval",
  "opening withdraw withdrawn",
  "awaiting_approval assess opening",
  "awaiting_approval approve approving",
  "awaiting_approval withdraw withdrawn",
  "approving start running",
  "approving withdraw withdrawn",
  "running complete completed",
  "running withdraw withdrawn",
];

test("of every state and act exactly the legal pairs lead somewhere", () => {
  const found = BATCH_STATES.flatMap((state) =>
    BATCH_ACTS.flatMap((act) => {
      const next = nextBatchState(state, act);
      return next === null ? [] : [`${state} ${act} ${next}`];
    }),
  );
  expect(found.sort()).toEqual([...LEGAL].sort());
});

const AT = new Date("2026-03-06T13:00:00Z");
const hours = (count: number) => new Date(AT.getTime() + count * 3_600_000);
const proposal = { openedBy: "a", assessedBy: "b", assessedAt: AT, previewDigest: "d" };

test.each([
  ["c", "d", false, 1, null],
  ["a", "d", false, 1, "not_second_person"],
  ["b", "d", false, 1, "not_second_person"],
  ["a", "d", true, 1, null],
  ["c", "x", false, 1, "preview_changed"],
  ["c", "d", false, 72, "approval_expired"],
])(
  "member %s who saw %s (alone: %s) after %i hours: %s",
  (memberId, previewDigest, isSingleControl, after, refusal) => {
    expect(refusalToApprove(proposal, { memberId, previewDigest, isSingleControl }, hours(after))).toBe(
      refusal,
    );
  },
);

test("every request counts in exactly one place", () => {
  expect(
    progressOf({
      scheduled: 5,
      executing: 1,
      verifying: 2,
      outcome_unknown: 3,
      failed: 4,
      completed: 6,
      withdrawn: 7,
    }),
  ).toEqual({ people: 28, done: 6, underWay: 3, unknown: 3, waiting: 5, failed: 4, withdrawn: 7 });
});

test("the end is told from the pace, and not before the delay is over", () => {
  const progress = progressOf({ scheduled: 121, completed: 3 });
  expect(doneAt(progress, { peoplePerMinute: 60, executeAt: hours(24) }, AT)).toEqual(
    new Date(hours(24).getTime() + 3 * 60_000),
  );
  expect(doneAt(progressOf({ completed: 3 }), { peoplePerMinute: 60, executeAt: AT }, AT)).toBeNull();
});

test("a day of receipt begins in the installation's zone", () => {
  expect(receiptOf("2026-03-06", "America/Sao_Paulo")).toEqual(new Date("2026-03-06T03:00:00Z"));
});

const list = (text: string) => examineList(new TextEncoder().encode(text));

test.each([
  ["a heading in any writing", "Nome;Custom-ID\nAna;a1\n", [{ line: 2, customId: "a1" }]],
  ["a Portuguese heading", "Identificador\na1\n", [{ line: 2, customId: "a1" }]],
  [
    "no heading",
    "a1\n\na2\n",
    [
      { line: 1, customId: "a1" },
      { line: 3, customId: "a2" },
    ],
  ],
  ["a row without its cell", "nome,customid\nAna\n", [{ line: 2, customId: "" }]],
])("a list with %s is read", (_, text, rows) => {
  expect(list(text)).toMatchObject({ ok: true, rows });
});

test.each([
  ["nome,idade\nAna,3\n", "no_column", 1],
  ["CustomID\n", "no_rows", 1],
  [`CustomID\n${"a\n".repeat(10_001)}`, "too_many_rows", 10_002],
])("a list that cannot be used says why", (text, trouble, line) => {
  expect(list(text)).toEqual({ ok: false, trouble, line });
});

test("10,000 rows with a heading, and without one, are taken", () => {
  expect(list(`CustomID\n${"a\n".repeat(10_000)}`)).toMatchObject({ ok: true });
  expect(list("a\n".repeat(10_000))).toMatchObject({ ok: true });
});
