/** The flag that decides who is offered the biometric path. It is also the `groupId` of its strategies, for good. */
export const BIOMETRIC_LOGIN_FLAG = "biometric-login";

/** The channel PostgreSQL announces a changed intent on. */
export const ROLLOUT_INTENT_CHANNEL = "rollout_intent";

/** What we want of the flag, apart from what Unleash says. */
export type RolloutIntent = { exposurePercent: number; halted: boolean; version: number };
