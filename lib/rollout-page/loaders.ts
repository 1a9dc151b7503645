import "server-only";
import type { Database } from "#db/client.ts";
import { grantOf } from "#lib/auth/policy.ts";
import type { Viewer } from "#lib/auth/types.ts";
import { requireCaller, requireViewer } from "#lib/auth/viewer.ts";
import { consoleDatabase, consoleSettings } from "#lib/console/runtime.ts";
import { findLegacyProof } from "#lib/legacy-probe/queries.ts";
import { remember } from "#lib/remember.ts";
import { type Drift, driftOf } from "#lib/rollout/examine-drift.ts";
import { findOpenRollout, findStanding, listGateways } from "#lib/rollout/queries.ts";
import type { Standing } from "#lib/rollout/types.ts";
import { findArms, findLatestVerdict, listVerdicts } from "#lib/rollout-judging/queries.ts";
import {
  countEarlyAdopters,
  countSince,
  findEndedRollout,
  findLast,
  findSighting,
  findStamp,
  findTraffic,
  findUnderWay,
  listBuckets,
  listHistory,
  listLivedStages,
} from "./queries.ts";
import { offersOf } from "./rules.ts";
import type {
  HistoryEntry,
  MayDo,
  RolloutCard,
  RolloutEvidenceData,
  RolloutPageData,
  RolloutPlanData,
  Sighting,
} from "./types.ts";

const HISTORY_SHOWN = 6;
const HISTORY_AT_MOST = 500;
const VERDICTS_SHOWN = 500;

/** Everything the room Rollout shows; null before a first start has written what is wanted of the flag. */
export async function loadRollout(): Promise<RolloutPageData | null> {
  const viewer = await requireViewer("rollout.read");
  const db = consoleDatabase();
  const now = new Date();
  // Read before what it stands for: a change in between makes the page anew once more, instead of never.
  const stamp = await findStamp(db);
  const standing = await findStanding(db);
  if (standing === null) return null;
  const { rollout, intent } = standing;
  const [adopters, buckets, traffic, gateways, sighting, history, lastDrill, lastHalt, underWay, ended] =
    await Promise.all([
      countEarlyAdopters(db),
      rememberedBuckets(),
      findTraffic(db, now),
      listGateways(db, intent.version, now),
      findSighting(db),
      listHistory(db, HISTORY_SHOWN),
      findLast(db, ["drill"]),
      findLast(db, ["halt"]),
      findUnderWay(db),
      rollout === null ? findEndedRollout(db) : null,
    ]);
  const [stage, legacyProof] = [await readStage(db, standing), await findLegacyProof(db, now)];
  return {
    ...{ now, standing, adopters, gateways, sighting, history, lastDrill, lastHalt, underWay, ended },
    ...stage,
    stamp,
    drift: driftIn(standing, sighting, history[0]),
    legacyProof,
    environment: consoleSettings().unleash.environment,
    offers: offersOf(standing, buckets, traffic),
    sinceHalt: intent.halted && lastHalt ? await countSince(db, lastHalt.at) : null,
    may: mayDo(viewer),
  };
}

/** A change that is under way is no drift, nor is what Unleash was seen to say before the last one was settled. */
function driftIn(
  standing: Standing,
  sighting: Sighting | null,
  last: HistoryEntry | undefined,
): Drift | null {
  if (sighting === null || sighting.readAt === null) return null;
  if (last !== undefined && (last.settledAt === null || last.settledAt > sighting.readAt)) return null;
  const drift = driftOf(standing, sighting.live);
  return drift.differences.length > 0 ? drift : null;
}

async function readStage(db: Database, { rollout }: Standing) {
  if (rollout === null) return { stages: [], verdict: null, arms: null };
  const stages = await listLivedStages(db, rollout.id);
  if (rollout.stage === null) return { stages, verdict: null, arms: null };
  const [stored, arms] = await Promise.all([
    findLatestVerdict(db, rollout.stage.id),
    findArms(db, rollout.stage.id),
  ]);
  const verdict = stored && { at: stored.at, verdict: stored.verdict, inputs: stored.inputs };
  return { stages, verdict, arms };
}

/** Counting all people by bucket reads all of them: what it found is good for a minute. */
const BUCKETS_KEPT_MS = 60_000;
const rememberedBuckets = remember(BUCKETS_KEPT_MS, () => listBuckets(consoleDatabase()));

const mayDo = ({ role }: Viewer): MayDo => {
  const may = (permission: Parameters<typeof grantOf>[1]) => grantOf(role, permission) !== null;
  return {
    change: may("rollout.change"),
    halt: may("rollout.halt"),
    advancePastHalf: may("rollout.advance_past_half"),
    changeRunningPlan: may("rollout.change_plan"),
    reportFalseAccept: may("false_accept.report"),
    settleTemplates: may("rollout.settle_templates"),
    changeAdopters: may("early_adopters.change"),
  };
};

/** The stamp of the room, for a page in view that follows along. No use of the session. */
export async function loadRolloutStamp(): Promise<string> {
  await requireCaller("rollout.read", { isUse: false });
  return findStamp(consoleDatabase());
}

/** The open rollout as the overview tells it; null where none is. */
export async function loadRolloutCard(): Promise<RolloutCard | null> {
  await requireViewer("overview.read");
  const db = consoleDatabase();
  const standing = await findStanding(db);
  if (standing === null || standing.rollout === null) return null;
  const [adopters, lastHalt, underWay, { stages, verdict }] = await Promise.all([
    countEarlyAdopters(db),
    findLast(db, ["halt"]),
    findUnderWay(db),
    readStage(db, standing),
  ]);
  return { now: new Date(), standing, stages, verdict, adopters, lastHalt, underWay, ended: null };
}

/** The plan of the open rollout, or nothing yet, with what a plan's consequences are worked out from. */
export async function loadRolloutPlan(): Promise<RolloutPlanData> {
  const viewer = await requireViewer("rollout.read");
  const db = consoleDatabase();
  const [rollout, traffic] = await Promise.all([findOpenRollout(db), findTraffic(db, new Date())]);
  return { rollout, traffic, may: mayDo(viewer) };
}

/** The whole history of what was done to rollouts, newest first. */
export async function loadRolloutHistory() {
  await requireViewer("rollout.read");
  return listHistory(consoleDatabase(), HISTORY_AT_MOST);
}

/** How the gates of the present stage moved; null where nothing is judged. */
export async function loadRolloutEvidence(): Promise<RolloutEvidenceData | null> {
  await requireViewer("rollout.read");
  const db = consoleDatabase();
  const standing = await findStanding(db);
  const rollout = standing?.rollout ?? null;
  if (rollout?.stage == null) return null;
  const { id, place } = rollout.stage;
  const latest = await findLatestVerdict(db, id);
  if (latest === null) return null;
  const points = await listVerdicts(db, id, VERDICTS_SHOWN);
  return { place, plan: rollout.plan, latest, points, now: new Date() };
}
