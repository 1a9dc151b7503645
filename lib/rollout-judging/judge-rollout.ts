import { changeRollout, type RolloutDesk } from "#lib/rollout/change-rollout.ts";
import { differenceOf, type WantedChange } from "#lib/rollout/intend-change.ts";
import { findStanding } from "#lib/rollout/queries.ts";
import type { ChangeResult, OpenRollout, Standing, Wish } from "#lib/rollout/types.ts";
import { judgeStage } from "#lib/rollout-evidence/judge-stage.ts";
import type { Verdict } from "#lib/rollout-evidence/types.ts";
import { composeInputs } from "./compose-inputs.ts";
import { countSecurityEvents, listLivedStages, measureStage } from "./measure-stage.ts";
import { hasPipelineGap } from "./queries.ts";
import { touchFirstLogins } from "./touch-first-logins.ts";
import { touchVerdict } from "./touch-verdict.ts";

export type JudgeDesk = RolloutDesk & { timeZone: string; signal?: AbortSignal };

/** What the rule said, and what came of what it did by itself; null where it did nothing. */
export type Judged = { stageId: string; sliceMinutes: number; verdict: Verdict; act: ChangeResult | null };

const RULE = { id: null, role: "system" } as const;

/**
 * Counts what has come of the open stage, asks the rule, keeps its verdict and does what it decided by itself: rolls back
 * to off, or goes on one stage where the plan lets it. Nothing happens where no rollout stands at a stage. Cut off
 * anywhere, or refused because something else is changing, the next turn judges anew: a verdict is followed at most once,
 * as each act is bound to the intent and the plan that were judged. A roll back by the rule goes to off and ends the rollout: harm that
 * was proven at a stage is not known to be absent below it, and the same build goes out again only by a person's word.
 * Audits `rollout.roll_back`, `rollout.advance` and, where a security event meets a change under way, `rollout.halt`.
 */
export async function judgeRollout(desk: JudgeDesk): Promise<Judged | null> {
  const { db, clock, timeZone } = desk;
  const standing = await findStanding(db);
  const found = standing && openStageOf(standing);
  if (!found) return null;
  const { rollout, stageId } = found;
  // A stop waits for no counting.
  if ((await countSecurityEvents(db, rollout.startedAt)) === 0) await count(desk, found);
  const at = clock();
  const inputs = composeInputs(await measureStage(db, found, { now: at, timeZone }));
  const verdict = judgeStage(inputs);
  const verdictId = await touchVerdict(db, stageId, { inputs, verdict, at });
  const judged = { stageId, sliceMinutes: inputs.sliceMinutes, verdict };
  const wish = wishOf(verdict);
  if (wish === null) return { ...judged, act: null };
  const act = await changeRollout(desk, boundTo(standing, wish, verdictId), RULE);
  return { ...judged, act: mustHalt(verdict, act) ? await halt(desk, verdictId) : act };
}

type Found = { standing: Standing; rollout: OpenRollout & { startedAt: Date }; stageId: string };

function openStageOf(standing: Standing): Found | null {
  const { rollout } = standing;
  if (rollout?.stage == null || rollout.startedAt === null) return null;
  return { standing, rollout: { ...rollout, startedAt: rollout.startedAt }, stageId: rollout.stage.id };
}

async function count({ db, clock, signal }: JudgeDesk, { rollout, stageId }: Found): Promise<void> {
  const { plan } = rollout;
  if (await hasPipelineGap(db, clock(), plan)) return;
  const stage = (await listLivedStages(db, rollout.id)).find(({ id }) => id === stageId);
  if (stage) await touchFirstLogins(db, { stage, plan, now: clock(), signal });
}

function wishOf({ decision }: Verdict): Wish | null {
  if (decision === "roll_back") return { kind: "roll_back", to: null };
  return decision === "advance" ? { kind: "advance" } : null;
}

/** To the intent and the plan that were judged: what has changed since is judged first. */
function boundTo(standing: Standing, wish: Wish, verdictId: string): WantedChange {
  const found = differenceOf(standing, wish);
  const digest = typeof found === "string" ? null : found.digest;
  return { wish, seenVersion: standing.intent.version, digest, reason: null, verdictId };
}

/** A change that Unleash left unknown can stay so for as long as it is away; a halt goes past it. */
const mustHalt = ({ reason }: Verdict, act: ChangeResult): boolean =>
  reason === "security_event" && !act.ok && act.code === "being_changed";

const halt = (desk: JudgeDesk, verdictId: string): Promise<ChangeResult> =>
  changeRollout(
    desk,
    { wish: { kind: "halt" }, seenVersion: null, digest: null, reason: null, verdictId },
    RULE,
  );
