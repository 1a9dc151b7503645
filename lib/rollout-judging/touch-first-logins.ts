import { type SQL, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { oneOf } from "#db/one-of.ts";
import { loginOutcomes, logins, verifications } from "#db/schema/logins.ts";
import { people } from "#db/schema/people.ts";
import {
  earlyAdopters,
  rolloutChanges,
  rolloutSlices,
  rolloutStages,
  rolloutSubjects,
} from "#db/schema/rollouts.ts";
import { ENDED_ON_LEGACY } from "#lib/fallback/rules.ts";
import { NOT_COMPLETED } from "#lib/rollout/rules.ts";
import type { ChangeKind, RolloutPlan } from "#lib/rollout/schema.ts";
import { countedUpTo, countingFrom, unitMsOf } from "./rules.ts";
import type { LivedStage } from "./types.ts";

const LOGINS_AT_ONCE = 5_000;
/** The rest of a long absence is counted in the turns that follow. */
const STEPS_A_TURN = 40;
/** The path these were opened with was not the stage's: a gateway could not follow the flag, a halt stood, or the circuit was held. */
const UNFOLLOWED = [
  "flag_off",
  "flag_unknown",
  "flags_stale",
  "flags_unreachable",
  "control_silent",
  "circuit_held",
  "halted",
];
/** Changes that expose nobody else than before. */
const QUIET_CHANGES: readonly ChangeKind[] = ["hold", "resume", "change_plan", "finish"];
/** Changes that end logins which are open. */
const INTERRUPTIONS: readonly ChangeKind[] = ["halt", "drill"];

export type Counting = {
  stage: LivedStage;
  plan: RolloutPlan;
  now: Date;
  loginsAtOnce?: number;
  signal?: AbortSignal | undefined;
};

/**
 * Counts the first login of each person in the stage into its slices, as far as outcome windows have closed, and moves
 * `counted_to` in the same transaction: cut off anywhere, nothing is lost and nothing counted twice. A login counts as it
 * stood when its window closed, whenever it is counted; one without an end then, as the worker would close it: abandoned
 * where the person could still try, unreported where they had been sent to the old way. Not counted are logins of the
 * cool-down and of any change of the flag, those a halt interrupted, those of minutes in which some gateway did not follow
 * the flag (both ways alike, so that one does not lose people whom the other keeps), and early adopters, who chose
 * themselves; before the first percent nobody else is offered the path and nothing is compared, so there they are.
 */
export async function touchFirstLogins(db: DatabaseOrTransaction, counting: Counting): Promise<void> {
  for (let step = 0; step < STEPS_A_TURN && !counting.signal?.aborted; step += 1) {
    if (!(await joinOrOpenTransaction(db, (tx) => countStep(tx, counting)))) return;
  }
}

/** One step of a bounded number of logins; false where nothing was left to count. */
async function countStep(tx: DatabaseOrTransaction, counting: Counting): Promise<boolean> {
  const { stage, plan, now, loginsAtOnce = LOGINS_AT_ONCE } = counting;
  const [locked] = await tx
    .select({ countedTo: rolloutStages.countedTo })
    .from(rolloutStages)
    .where(sql`${rolloutStages.id} = ${stage.id} and ${rolloutStages.endedAt} is null`)
    .for("update");
  if (locked === undefined) return false;
  const from = locked.countedTo ?? countingFrom(stage, plan);
  const upTo = countedUpTo(stage, plan, now);
  if (from >= upTo) return false;
  const to = await endOfStep(tx, { from, upTo, plan, loginsAtOnce });
  await tx.execute(countSql(stage, plan, { from, to }));
  await tx.update(rolloutStages).set({ countedTo: to }).where(sql`${rolloutStages.id} = ${stage.id}`);
  return to < upTo;
}

const time = (at: Date): SQL => sql`${at.toISOString()}::timestamptz`;
const milliseconds = (count: number): SQL => sql`${count} * interval '1 millisecond'`;
const minutes = (count: number): SQL => milliseconds(count * 60_000);

type Step = { from: Date; upTo: Date; plan: RolloutPlan; loginsAtOnce: number };

/** Where so many logins are passed, at a whole number of units from the start, so that a unit is looked at as one. */
async function endOfStep(tx: DatabaseOrTransaction, { from, upTo, plan, loginsAtOnce }: Step): Promise<Date> {
  const [beyond] = await tx.execute<{ at: string }>(sql`
    select opened_at as at from ${logins} where opened_at >= ${time(from)} and opened_at < ${time(upTo)}
    order by opened_at offset ${loginsAtOnce} limit 1`);
  if (beyond === undefined) return upTo;
  const unitMs = unitMsOf(plan);
  const units = Math.max(1, Math.floor((new Date(beyond.at).getTime() - from.getTime()) / unitMs));
  return new Date(Math.min(upTo.getTime(), from.getTime() + units * unitMs));
}

/** Who is offered the path, and whom the rollout alone keeps on the old one: as `isOffered` and `isKeptApart` say of counts. */
const IN_AN_ARM = sql`(l.path = 'biometric' or (l.path = 'legacy' and l.reason = 'not_exposed'))`;

/** Times are bounded by the step once more where a table is joined, so that only its months are looked into. */
function countSql(stage: LivedStage, plan: RolloutPlan, { from, to }: { from: Date; to: Date }): SQL {
  const began = time(countingFrom(stage, plan));
  const unit = milliseconds(unitMsOf(plan));
  const window = minutes(plan.outcomeMinutes);
  const isEverybodysStage = stage.exposurePercent > 0;
  return sql`
  with unfollowed as materialized (
    select distinct date_bin(${unit}, opened_at, ${began}) as at from ${logins}
    where opened_at >= ${time(from)} and opened_at < ${time(to)} and reason = ${oneOf(UNFOLLOWED)}
  ),
  eligible as materialized (
    select l.id, l.opened_at, l.person_id, l.path, l.device_class
    from ${logins} l join ${people} p on p.id = l.person_id
    where l.opened_at >= ${time(from)} and l.opened_at < ${time(to)}
      and l.exposure_percent = ${stage.exposurePercent} and ${IN_AN_ARM}
      and not (${isEverybodysStage} and exists (select from ${earlyAdopters} a where a.custom_id = p.custom_id))
      and not exists (select from unfollowed u where u.at = date_bin(${unit}, l.opened_at, ${began}))
      and not exists (
        select from ${rolloutChanges} c where c.kind <> all(${`{${QUIET_CHANGES.join(",")}}`}::text[])
          and l.opened_at >= c.at - case when c.kind = ${oneOf(INTERRUPTIONS)} then ${window} else interval '0' end
          and l.opened_at < coalesce(c.settled_at, 'infinity') + ${minutes(plan.coolDownMinutes)})
  ),
  firsts as materialized (
    select distinct on (person_id) e.*,
      min(path) over (partition by person_id) <> max(path) over (partition by person_id) as is_double
    from eligible e order by person_id, opened_at, id
  ),
  counted as (
    insert into ${rolloutSubjects} (stage_id, person_id, arm, opened_at, is_double)
    select ${stage.id}::uuid, person_id, path, opened_at, is_double from firsts order by person_id
    on conflict do nothing returning person_id
  ),
  seen_on_both as (
    update ${rolloutSubjects} s set is_double = true from eligible e
    where s.stage_id = ${stage.id}::uuid and s.person_id = e.person_id and s.arm <> e.path and not s.is_double
  ),
  ended as (
    select f.path, f.device_class, date_bin(${minutes(plan.sliceMinutes)}, f.opened_at, ${began}) as starts_at,
      o.at - f.opened_at as took, coalesce(o.locked_out, false) as locked_out,
      coalesce(o.outcome, case when f.path = 'legacy' or tried.decision = 'use_legacy' then 'legacy_unreported'
        else 'abandoned' end) as outcome
    from firsts f join counted using (person_id)
      left join ${loginOutcomes} o
        on o.opened_at = f.opened_at and o.login_id = f.id and o.at <= f.opened_at + ${window}
          and o.opened_at >= ${time(from)} and o.opened_at < ${time(to)}
      left join lateral (
        select v.decision from ${verifications} v
        where v.login_id = f.id and v.opened_at = f.opened_at and v.at <= f.opened_at + ${window}
          and v.opened_at >= ${time(from)} and v.opened_at < ${time(to)}
        order by v.at desc, v.id desc limit 1) tried on o.login_id is null
  )
  insert into ${rolloutSlices} as s
    (stage_id, starts_at, arm, device_class, people, approved, not_completed, locked_out, slow, on_legacy, reported)
  select ${stage.id}::uuid, starts_at, path, device_class, count(*),
    count(*) filter (where outcome = 'completed_biometric'),
    count(*) filter (where outcome = ${oneOf(NOT_COMPLETED)}),
    count(*) filter (where locked_out),
    count(*) filter (where outcome not in ('abandoned', 'legacy_unreported')
      and took > ${milliseconds(plan.limits.slowLoginSeconds * 1000)}),
    count(*) filter (where outcome = ${oneOf(ENDED_ON_LEGACY)}),
    count(*) filter (where outcome = ${oneOf(ENDED_ON_LEGACY)} and outcome <> 'legacy_unreported')
  from ended group by starts_at, path, device_class order by starts_at, path, device_class
  on conflict (stage_id, starts_at, arm, device_class) do update set
    people = s.people + excluded.people, approved = s.approved + excluded.approved,
    not_completed = s.not_completed + excluded.not_completed, locked_out = s.locked_out + excluded.locked_out,
    slow = s.slow + excluded.slow, on_legacy = s.on_legacy + excluded.on_legacy,
    reported = s.reported + excluded.reported`;
}
