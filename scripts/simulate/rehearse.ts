import { setTimeout as delay } from "node:timers/promises";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { systemClock } from "#lib/clock.ts";
import type { RolloutDesk } from "#lib/rollout/change-rollout.ts";
import type { Wish } from "#lib/rollout/types.ts";
import { findLatestVerdict } from "#lib/rollout-judging/queries.ts";
import type { GatewayAccess } from "#lib/sample/call-gateway.ts";
import { createUnleashAdmin } from "#lib/unleash/admin.ts";
import type { OpenInstallation } from "../seed/open-installation.ts";
import type { SimulationArguments } from "./arguments.ts";
import { beginRollout } from "./begin-rollout.ts";
import { type CourseEnd, endOf } from "./course.ts";
import { compressPlan } from "./demonstration-plan.ts";
import { drive } from "./drive.ts";
import type { SandboxFaults } from "./faults.ts";
import { makeLogins } from "./make-logins.ts";
import type { SimulatedPerson } from "./people.ts";
import { actOn, findProductManager, type ProductManager, wishFor } from "./product-manager.ts";
import {
  headLine,
  type StageReport,
  saidOf,
  stageName,
  statusLine,
  summaryLines,
  totalLine,
} from "./report.ts";
import type { Surroundings } from "./run.ts";
import { type RunState, startRun } from "./run-state.ts";
import { followSampleCounts } from "./sample-counts.ts";
import { lookAt, type Sight } from "./sight.ts";
import type { Counts } from "./tally.ts";

const LOOK_EVERY_MS = 1_000;
const SAY_EVERY_MS = 5_000;

export type Rehearsal = Surroundings & {
  installation: OpenInstallation;
  wanted: SimulationArguments;
  faults: SandboxFaults;
  access: GatewayAccess;
  people: readonly SimulatedPerson[];
  /** Of them, so many were enrolled for this one. */
  enrolled: number;
};

/** Leads people through a rollout until the scenario has ended, and says what happened; answers whether it ended as it should. */
export async function rehearse(rehearsal: Rehearsal): Promise<boolean> {
  const { wanted, signal, say, installation, faults } = rehearsal;
  const { site, database } = installation;
  const { url, adminToken, environment } = site.unleash;
  const desk = {
    db: database.db,
    admin: createUnleashAdmin({ url, adminToken }),
    environment,
    clock: systemClock,
  };
  const manager = await findProductManager(database.db);
  const begun = await beginRollout(
    desk,
    { plan: compressPlan(wanted.speed), people: rehearsal.people, secrets: site.secrets },
    manager,
  );
  say(introduction(rehearsal, begun.isNew));
  const run = startRun(wanted.scenario);
  const noteCounts = await followSampleCounts(database.db, rehearsal.enrolled);
  const ended = new AbortController();
  const sinceMs = performance.now();
  const driving = drive(
    wanted["logins-per-minute"],
    makeLogins({ access: rehearsal.access, people: rehearsal.people, seed: wanted.seed }, run),
    AbortSignal.any([signal, ended.signal]),
  );
  try {
    const end = await watch({
      ...rehearsal,
      desk,
      manager,
      run,
      noteCounts,
      rolloutId: begun.rolloutId,
    });
    const stages = await Promise.all(run.stages().map((stage) => withLastWord(database.db, stage)));
    for (const line of ["", ...summaryLines(stages, wanted.speed)]) say(line);
    say(totalLine(run.total(), (performance.now() - sinceMs) / 1000));
    say(lastLine(end, rehearsal));
    return end?.asItShould ?? false;
  } finally {
    ended.abort();
    await driving;
    await faults.put({});
    await noteCounts(run.total());
  }
}

/** The verdict that ended a stage came between two looks. */
async function withLastWord(db: DatabaseOrTransaction, stage: StageReport): Promise<StageReport> {
  return { ...stage, said: saidOf((await findLatestVerdict(db, stage.id))?.verdict) };
}

function introduction({ wanted, people, enrolled }: Rehearsal, isNew: boolean): string {
  const { scenario, speed } = wanted;
  const rate = `${wanted["logins-per-minute"]} logins a minute`;
  return (
    `Scenario ${scenario}, seed ${wanted.seed}: ${people.length} people (${enrolled} enrolled now), ${rate}, a plan ${speed} times as fast.\n` +
    `${isNew ? "A rollout by the demonstration plan has begun." : "The rollout that is open goes on."}\n${headLine()}`
  );
}

type Watch = Rehearsal & {
  desk: RolloutDesk;
  manager: ProductManager;
  run: RunState;
  noteCounts: (counts: Counts) => Promise<void>;
  rolloutId: string;
};

/** Looks every second, lets happen what the scenario plays and what a person approves, until it has ended; null where it has not. */
async function watch(watching: Watch): Promise<CourseEnd | null> {
  const { wanted, signal, say, run, faults, desk, rolloutId } = watching;
  const sinceMs = performance.now();
  let saidMs = Number.NEGATIVE_INFINITY;
  while (!signal.aborted && performance.now() - sinceMs < wanted.minutes * 60_000) {
    const sight = await lookAt(desk.db, rolloutId);
    const nowMs = performance.now();
    run.note(sight, nowMs);
    await faults.put(run.weather(nowMs).faults);
    const end = endOf(wanted.scenario, run.course(nowMs));
    if (nowMs - saidMs >= SAY_EVERY_MS || end !== null) {
      saidMs = nowMs;
      say(statusLine((nowMs - sinceMs) / 1000, wanted.speed, run.stages().at(-1) ?? null));
      await watching.noteCounts(run.total());
    }
    if (end !== null) {
      if (wanted.approve && sight.state === "running") await giveUp(watching, sight);
      return end;
    }
    if (wanted.approve) await approve(watching, sight);
    await delay(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
  return null;
}

async function approve(watching: Watch, sight: Sight): Promise<void> {
  const { standing, stage, verdict } = sight;
  if (stage?.isOpen !== true || verdict === null || standing.intent.halted) return;
  const wish = wishFor(verdict);
  if (wish !== null) await tellAct(watching, sight, wish);
}

/** What is held for good would stay open, and the next simulation would go on with it. */
const giveUp = (watching: Watch, sight: Sight): Promise<void> =>
  tellAct(watching, sight, { kind: "roll_back", to: null });

const DONE: Partial<Record<Wish["kind"], string>> = {
  advance: "went on",
  finish: "ended the rollout",
  roll_back: "rolled back",
};

async function tellAct({ desk, manager, say }: Watch, { standing, stage, verdict }: Sight, wish: Wish) {
  const act = { standing, wish, ...(verdict === null ? {} : { verdictId: verdict.id }) };
  const refused = await actOn(desk, act, manager);
  const at = stageName(stage?.exposurePercent ?? 0);
  if (refused === null) say(`  The product manager ${DONE[wish.kind] ?? wish.kind} at ${at}.`);
  else say(`  The product manager could not (${wish.kind} at ${at}): ${refused}.`);
}

function lastLine(end: CourseEnd | null, { wanted, signal }: Rehearsal): string {
  if (signal.aborted)
    return "Stopped: the rollout stays where it stands, and the next simulation goes on with it.";
  if (end === null)
    return (
      `It has not ended in ${wanted.minutes} minutes: the rollout stays where it stands. Where the rule cannot tell, more people may\n` +
      "(--people), as each counts once at a stage; where it asks for a person, that is yours to do in the console, or --approve."
    );
  return `${end.because} ${end.asItShould ? "So it should." : "That is not how it should end."}`;
}
