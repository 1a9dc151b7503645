import type { ActionResult } from "#lib/errors.ts";
import type { TargetChange, TargetInput } from "#lib/notifications/schema.ts";
import type { Standing, Target, TryResult } from "#lib/notifications/types.ts";

export type ShownTarget = Target & { standing: Standing };

export type CreateTarget = (input: TargetInput) => Promise<ActionResult<{ secret: string | null }>>;

/** What can be done with one target. */
export type TargetActs = {
  change(input: TargetChange): Promise<ActionResult<null>>;
  pause(input: { targetId: string }): Promise<ActionResult<null>>;
  resume(input: { targetId: string }): Promise<ActionResult<null>>;
  remove(input: { targetId: string }): Promise<ActionResult<null>>;
  rotate(input: { targetId: string }): Promise<ActionResult<{ secret: string }>>;
  test(input: { targetId: string }): Promise<ActionResult<TryResult>>;
};
