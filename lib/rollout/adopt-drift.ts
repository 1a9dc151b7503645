import type { Actor } from "#lib/audit/types.ts";
import { readLiveFlag } from "#lib/unleash/live-flag.ts";
import { changeRollout, type RolloutDesk } from "./change-rollout.ts";
import { driftOf } from "./examine-drift.ts";
import { findStanding } from "./queries.ts";
import type { ChangeResult, DriftWish } from "./types.ts";

/** A drift as it was shown: the version of the intent, and the digest of both sides. */
export type SeenDrift = { seenVersion: number; digest: string; reason: string };

/**
 * Takes what somebody set in Unleash as what is asked for from now on. Refused where it cannot be asked for, and where
 * either side is not as it was seen any more. Unleash is not written to. Audits `rollout.adopt` and `rollout.settle`.
 */
export const adoptDrift = (desk: RolloutDesk, seen: SeenDrift, actor: Actor): Promise<ChangeResult> =>
  endDrift(desk, "adopt", seen, actor);

/** Ends a drift of exactly this digest one way or the other. */
export async function endDrift(
  desk: RolloutDesk,
  kind: DriftWish["kind"],
  { seenVersion, digest, reason }: SeenDrift,
  actor: Actor,
): Promise<ChangeResult> {
  const read = await readLiveFlag(desk.admin, desk.environment);
  if (!read.ok && read.code !== "not_found") return { ok: false, code: read.code };
  const live = read.ok ? read.value : null;
  const standing = await findStanding(desk.db);
  if (standing === null) return { ok: false, code: "no_rollout" };
  if (standing.intent.version !== seenVersion) return { ok: false, code: "stale_version" };
  if (driftOf(standing, live).digest !== digest) return { ok: false, code: "stale_difference" };
  return changeRollout(desk, { wish: { kind, live }, seenVersion, digest: null, reason }, actor);
}
