import { BIOMETRIC_LOGIN_FLAG } from "#lib/rollout/schema.ts";
import type { WantedFlag } from "./ensure-flag.ts";
import { BIOMETRIC_MASTER_FLAG, GRADUAL, SEGMENT_STRATEGY } from "./live-flag.ts";

/** The flag that stops all others: on for everyone, or off. */
export const MASTER: WantedFlag = {
  name: BIOMETRIC_MASTER_FLAG,
  type: "kill-switch",
  description: "Off: nobody is offered the biometric path.",
  strategies: [{ title: "everyone", rolloutPercent: 100, segments: [] }],
  switchOn: true,
};

/** The flag of the path itself: the early adopters by their segment, and a percentage of everybody else. */
export const loginFlag = (segment: number, exposurePercent: number): Omit<WantedFlag, "switchOn"> => ({
  name: BIOMETRIC_LOGIN_FLAG,
  type: "release",
  description: "On: this person is offered the biometric path at login.",
  parent: BIOMETRIC_MASTER_FLAG,
  strategies: [
    { title: SEGMENT_STRATEGY, rolloutPercent: 100, segments: [segment] },
    { title: GRADUAL, rolloutPercent: exposurePercent, segments: [] },
  ],
});
