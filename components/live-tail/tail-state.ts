import type { SentRow, TailEnd } from "#lib/live-tail/types.ts";
import type { VerificationRow } from "#lib/verifications/types.ts";

/** How the line to the console stands. `resting`: the page was out of sight for long. */
export type Line = "off" | "opening" | "open" | "away" | "cut" | "resting" | "full" | TailEnd;

export type TailState = {
  line: Line;
  isPaused: boolean;
  /** A pointer or the focus is among the rows: they stay where they are. */
  isHeld: boolean;
  /** What came in and is shown, the newest first. */
  shown: readonly VerificationRow[];
  /** The newest of what came in while nothing may move, and how much it was in all. */
  waiting: readonly VerificationRow[];
  waitingCount: number;
  /** Since the line was opened. */
  came: number;
  notShown: number;
};

export type TailAct =
  | { type: "line"; line: Line }
  | { type: "opened" }
  /** The list in view is another one: nothing of what came belongs to it. `canBeLive`: it has a line of its own. */
  | { type: "moved"; canBeLive: boolean }
  | { type: "rows"; rows: readonly SentRow[]; passed: number }
  | { type: "pause"; isPaused: boolean }
  | { type: "hold"; isHeld: boolean }
  /** What waits is shown although a pointer or the focus is among the rows. */
  | { type: "show" };

/** Rows in view while it is live: as many as a page of the list. */
export const MOST_ROWS = 50;

export const CLOSED: TailState = {
  line: "off",
  isPaused: false,
  isHeld: false,
  shown: [],
  waiting: [],
  waitingCount: 0,
  came: 0,
  notShown: 0,
};

export function nextState(state: TailState, act: TailAct): TailState {
  switch (act.type) {
    case "line":
      return { ...state, line: act.line };
    case "opened":
      // The list is read anew now, and holds what came before.
      return emptied(state, "open");
    case "moved":
      return emptied(state, act.canBeLive ? state.line : "off");
    case "rows": {
      const rows = act.rows.map((row) => ({ ...row, at: new Date(row.at) }));
      const added: TailState = {
        ...state,
        line: "open",
        waiting: mergeNewest(rows, state.waiting, MOST_ROWS),
        waitingCount: state.waitingCount + rows.length + act.passed,
        came: state.came + rows.length + act.passed,
      };
      return state.isPaused || state.isHeld ? added : release(added);
    }
    case "pause":
      return settled({ ...state, isPaused: act.isPaused });
    case "hold":
      return settled({ ...state, isHeld: act.isHeld });
    case "show":
      return release({ ...state, isPaused: false });
  }
}

const emptied = ({ isPaused, isHeld }: TailState, line: Line): TailState => {
  return { ...CLOSED, line, isPaused, isHeld };
};

const settled = (state: TailState): TailState => (state.isPaused || state.isHeld ? state : release(state));

const release = (state: TailState): TailState => ({
  ...state,
  shown: mergeNewest(state.waiting, state.shown, MOST_ROWS),
  notShown: state.notShown + state.waitingCount - state.waiting.length,
  waiting: [],
  waitingCount: 0,
});

/** Both lists as one, each row once, by time and the newest first. */
export function mergeNewest(
  some: readonly VerificationRow[],
  others: readonly VerificationRow[],
  most: number,
): VerificationRow[] {
  const byId = new Map([...others, ...some].map((row) => [row.id, row]));
  return [...byId.values()]
    .sort((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1))
    .slice(0, most);
}

/** Whether the page wants to hear, however the line stands. */
export const isOn = ({ line }: Pick<TailState, "line">): boolean =>
  line !== "off" && line !== "full" && line !== "session" && line !== "right";
