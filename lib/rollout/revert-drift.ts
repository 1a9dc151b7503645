import type { Actor } from "#lib/audit/types.ts";
import { endDrift, type SeenDrift } from "./adopt-drift.ts";
import type { RolloutDesk } from "./change-rollout.ts";
import type { ChangeResult } from "./types.ts";

/**
 * Brings Unleash back to exactly what is asked for, whatever was done to it: also where the flag is gone, as after a restart
 * empty-handed. Refused where either side is not as it was seen any more. Cut off in the middle, the worker ends it. Audits
 * `rollout.revert` and `rollout.settle`.
 */
export const revertDrift = (desk: RolloutDesk, seen: SeenDrift, actor: Actor): Promise<ChangeResult> =>
  endDrift(desk, "revert", seen, actor);
