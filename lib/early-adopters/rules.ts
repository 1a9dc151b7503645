import { choosePath } from "#lib/logins/rules.ts";
import type { PersonStatus } from "#lib/people/schema.ts";
import { throughOf } from "#lib/rollout/rules.ts";
import type { RolloutIntent } from "#lib/rollout/schema.ts";
import type { AnswerReason, RolloutAnswer } from "./types.ts";

type Intent = Pick<RolloutIntent, "exposurePercent" | "offersEarlyAdopters" | "halted">;

/** A person as far as a login's path hangs on them. */
export type Known = {
  id: string;
  status: PersonStatus;
  bucket: number;
  pausedUntil: Date | null;
  failuresInARow: number;
};

/**
 * What the rollout says to somebody's next login, by the rule the gateways use. Unleash is taken to agree with our own
 * intent. `bucket` is told by the SDK's own hash, also of somebody who never enrolled.
 */
export function answerOf(
  { person, isIn, bucket }: { person: Known | null; isIn: boolean; bucket: number },
  intent: Intent,
  now: Date,
): RolloutAnswer {
  const { exposurePercent, halted, offersEarlyAdopters } = intent;
  const through = throughOf({ isEarlyAdopter: isIn, bucket }, intent);
  const { reason } = choosePath({
    halted,
    controlSilent: false,
    candidate: person && { ...person, personId: person.id },
    withinIntent: through !== null,
    flag: "flag_on",
    circuitHeld: false,
    now,
  });
  // The other reasons are those of a gateway that hears nothing, or of a flag that says no.
  return { reason: reason as AnswerReason, through, bucket, exposurePercent, offersEarlyAdopters };
}

/** Whether somebody of the cohort is offered the path by it alone: without it their next login goes the old way. */
export const losesPath = (
  person: Pick<Known, "status" | "bucket"> | null,
  { exposurePercent, halted, offersEarlyAdopters }: Intent,
): boolean =>
  person?.status === "enrolled" && offersEarlyAdopters && !halted && person.bucket >= exposurePercent;
