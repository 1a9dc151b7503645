import type { FlagDecision, FlagReason, Flags } from "./types.ts";

export type FakeFlags = Flags & {
  /** From now on every evaluation gives this reason. */
  answer(reason: FlagReason): void;
};

/** Flags for tests: they say what they were told to say, and touch no network. */
export function createFakeFlags(initial: FlagReason, heardAt: Date): FakeFlags {
  let reason = initial;
  return {
    answer: (next) => {
      reason = next;
    },
    evaluate: (): FlagDecision => ({ on: reason === "flag_on", reason }),
    isSwitchedOff: () => reason === "flag_off",
    state: () => {
      const isAway = reason === "flags_unreachable" || reason === "flags_stale";
      return {
        connected: !isAway,
        lastHeardAt: reason === "flags_unreachable" ? null : heardAt,
        definitionHash: isAway || reason === "flag_unknown" ? null : "0123456789abcdef",
        lastError: isAway ? "unreachable" : null,
      };
    },
    onHeard: () => () => undefined,
    close: async () => undefined,
  };
}
