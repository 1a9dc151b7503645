import { expect, test } from "vitest";
import type { SentRow } from "#lib/live-tail/types.ts";
import { CLOSED, MOST_ROWS, nextState, type TailAct, type TailState } from "./tail-state.ts";

const rowAt = (second: number): SentRow => ({
  id: `id-${String(second).padStart(4, "0")}`,
  at: new Date(second * 1000).toISOString(),
  subject: null,
  source: "gateway",
  modality: "face",
  outcome: "matched",
  reason: "matched",
  channel: "app",
  application: null,
  deviceClass: "other",
  exposurePercent: 100,
  attempt: 1,
  apiStatus: 200,
  apiLatencyMs: 1,
  fingersSent: [],
  fingersNotMatched: [],
  loginOutcome: null,
  loginId: null,
});
const rows = (...seconds: number[]): TailAct => ({ type: "rows", rows: seconds.map(rowAt), passed: 0 });
const after = (...acts: TailAct[]): TailState => acts.reduce(nextState, CLOSED);
const shown = (state: TailState) => state.shown.map(({ at }) => at.getTime() / 1000);

test("rows come in by their time, each once, and what is more than a page falls off the end", () => {
  expect(shown(after({ type: "opened" }, rows(3, 1), rows(4), rows(4, 2)))).toEqual([4, 3, 2, 1]);
  const many = after({ type: "opened" }, rows(...Array.from({ length: 80 }, (_, place) => place)));
  expect(many.shown).toHaveLength(MOST_ROWS);
  expect([many.came, many.notShown]).toEqual([80, 30]);
});

test("what came belongs to the list it came to, and to no other", () => {
  const live = after(
    { type: "opened" },
    { type: "pause", isPaused: true },
    rows(1),
    { type: "show" },
    rows(2),
  );
  const other = nextState(live, { type: "moved", canBeLive: true });
  expect(other).toEqual({ ...CLOSED, line: "open" });
  expect(nextState(live, { type: "moved", canBeLive: false })).toEqual(CLOSED);
  expect(nextState({ ...live, line: "full" }, { type: "moved", canBeLive: true }).line).toBe("full");
});

test("while it is paused, or somebody is among the rows, nothing moves and everything is counted", () => {
  for (const still of [
    { type: "pause", isPaused: true },
    { type: "hold", isHeld: true },
  ] satisfies TailAct[]) {
    const held = after({ type: "opened" }, rows(1), still, rows(2), {
      type: "rows",
      rows: [rowAt(3)],
      passed: 124,
    });
    expect(shown(held)).toEqual([1]);
    expect(held.waitingCount).toBe(126);
    const released = nextState(
      held,
      still.type === "pause" ? { ...still, isPaused: false } : { ...still, isHeld: false },
    );
    expect(shown(released)).toEqual([3, 2, 1]);
    expect([released.waitingCount, released.notShown, released.came]).toEqual([0, 124, 127]);
  }
});

test("what waits can be shown with the pointer still among the rows, and the next ones wait again", () => {
  const hold: TailAct = { type: "hold", isHeld: true };
  const state = after({ type: "opened" }, hold, rows(1), { type: "show" }, rows(2));
  expect(shown(state)).toEqual([1]);
  expect(state.waitingCount).toBe(1);
});

test("a line that is opened anew begins anew, and a pause lasts", () => {
  const state = after({ type: "opened" }, rows(1), { type: "pause", isPaused: true }, { type: "opened" });
  expect(state).toMatchObject({ shown: [], came: 0, isPaused: true, line: "open" });
});
