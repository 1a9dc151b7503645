import { and, eq, gt, like, ne, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { notificationAlarms } from "#db/schema/notifications.ts";
import { flagSightings, rolloutVerdicts } from "#db/schema/rollouts.ts";
import { findStanding } from "#lib/rollout/queries.ts";
import { BIOMETRIC_LOGIN_FLAG } from "#lib/rollout/schema.ts";
import type { OpenRollout } from "#lib/rollout/types.ts";
import { findLatestVerdict } from "#lib/rollout-judging/queries.ts";
import type { StoredVerdict } from "#lib/rollout-judging/types.ts";
import type { Difference } from "#lib/unleash/types.ts";
import { clearAlarm, raiseAlarm } from "./note-alarm.ts";
import { noteEvent } from "./note-event.ts";
import { ALARM_MINUTES, isHeldTold } from "./rules.ts";
import type { NotificationEvent } from "./types.ts";

/** What stands now and is told once, under a name of its own. */
type Told = { subject: string; event: NotificationEvent };

const MINUTE_MS = 60_000;

/**
 * Looks for what of a rollout is somebody's turn or keeps it from going on, and for an edit by hand in Unleash. Each is
 * told once while it stands, and again only where it was gone for longer than an alarm lasts.
 */
export async function watchRollout(tx: DatabaseOrTransaction, now: Date): Promise<void> {
  const standing = [await findVerdictTold(tx, now), await findDriftTold(tx)].filter((one) => one !== null);
  for (const { subject, event } of standing)
    if (await raiseAlarm(tx, subject, now)) await noteEvent(tx, event, now);
  const { subject, since } = notificationAlarms;
  const known = await tx
    .select({ subject, since })
    .from(notificationAlarms)
    .where(like(subject, "rollout %"));
  const isOver = (row: (typeof known)[number]) =>
    row.since.getTime() <= now.getTime() - ALARM_MINUTES * MINUTE_MS &&
    standing.every((one) => one.subject !== row.subject);
  for (const row of known.filter(isOver)) await clearAlarm(tx, row.subject);
}

/** What the rule says of the open stage, where somebody should know. Under a halt nobody waits for it. */
async function findVerdictTold(tx: DatabaseOrTransaction, now: Date): Promise<Told | null> {
  const standing = await findStanding(tx);
  const rollout = standing?.rollout;
  if (!rollout?.stage || standing?.intent.halted) return null;
  const latest = await findLatestVerdict(tx, rollout.stage.id);
  if (latest === null) return null;
  const { decision, reason, pages } = latest.verdict;
  const data = { ...factsOf(rollout), reason };
  const subject = `rollout ${rollout.stage.id} ${reason}`;
  if (decision === "ask" && reason === "proven") return { subject, event: { type: "rollout.ready", data } };
  if (!isHeldTold(latest.verdict) || !(await hasLasted(tx, latest, now))) return null;
  return { subject, event: { type: "rollout.held", data: { ...data, pages } } };
}

function factsOf({ id, build, plan, stage }: OpenRollout) {
  const percentAt = (place: number) => plan.stages[place]?.exposurePercent ?? null;
  const place = stage?.place ?? 0;
  return { rolloutId: id, build, exposurePercent: percentAt(place) ?? 0, nextPercent: percentAt(place + 1) };
}

/** For as long as a slice of the plan, ten minutes at most: the first few logins make many things doubtful for a moment. */
async function hasLasted(tx: DatabaseOrTransaction, latest: StoredVerdict, now: Date): Promise<boolean> {
  const { stageId, at, reason } = rolloutVerdicts;
  const ofStage = eq(stageId, latest.stageId);
  const otherAt = tx
    .select({ at: sql`coalesce(max(${at}), '-infinity')` })
    .from(rolloutVerdicts)
    .where(and(ofStage, ne(reason, latest.verdict.reason)));
  const [first] = await tx
    .select({ at: sql<string | null>`min(${at})` })
    .from(rolloutVerdicts)
    .where(and(ofStage, gt(at, sql`(${otherAt})`)));
  const since = first?.at == null ? now : new Date(first.at);
  const minutes = Math.min(latest.inputs.sliceMinutes, ALARM_MINUTES);
  return now.getTime() - since.getTime() >= minutes * MINUTE_MS;
}

/** The flag in Unleash is not what is asked of it: as the worker saw it last, while it can be read. */
async function findDriftTold(tx: DatabaseOrTransaction): Promise<Told | null> {
  const [seen] = await tx.select().from(flagSightings).where(eq(flagSightings.flag, BIOMETRIC_LOGIN_FLAG));
  if (!seen?.differsSince || seen.trouble !== null) return null;
  const differences = seen.differences as Difference[];
  const data = {
    since: seen.differsSince.toISOString(),
    codes: differences.map(({ code }) => code),
    widens: differences.some(({ widens }) => widens),
  };
  return { subject: "rollout drift", event: { type: "rollout.drift", data } };
}
