import { setTimeout as delay } from "node:timers/promises";
import { and, eq, sql } from "drizzle-orm";
import { auditEntries } from "#db/schema/audit.ts";
import { people } from "#db/schema/people.ts";
import { dataRequests, requestAttempts, requestReceipts } from "#db/schema/requests.ts";
import { AUDIT_KEY } from "#lib/audit/testing/audit-key.ts";
import { executeRequest } from "#lib/execution/execute-request.ts";
import type { ExecutionDesk } from "#lib/execution/types.ts";
import { createMultibiometrics } from "#lib/multibiometrics/client.ts";
import { type Dice, takeDice } from "#scripts/seed/dice.ts";
import {
  API_KEY,
  type ErasureWorld,
  LINE_FAULTS,
  type LineFault,
  QUIET_MS,
  startErasureWorld,
} from "./erasure-world.ts";

/** What was done to the runs, and what must never have come of it. */
export type Figures = {
  runs: number;
  completed: number;
  crashes: number;
  deletesSeen: number;
  probes: number;
  enrolmentsRefused: number;
  enrolledAnew: number;
  faults: Record<string, number>;
  violations: string[];
};

const CALL_MS = 120;
const MOST_TURNS = 60;
/** So many people at once: most of a run is waiting. */
const LANES = 10;

/** A thrown crash stands for a process that ends: whatever it did not commit is gone, whatever it sent is sent. */
class Crash extends Error {}

/** Where a worker ends: at the clock or at a call it makes, the how-manieth of its turn. */
function crashingDesk(
  world: ErasureWorld,
  dice: Dice,
  figures: Figures,
): ExecutionDesk & { close(): Promise<void> } {
  let left = dice.chance(0.5) ? dice.whole(1, 9) : Number.POSITIVE_INFINITY;
  const step = () => {
    left -= 1;
    if (left > 0) return;
    left = Number.POSITIVE_INFINITY;
    figures.crashes += 1;
    throw new Crash();
  };
  const api = createMultibiometrics({
    url: world.lineUrl,
    apiKey: API_KEY,
    qualityApiKey: API_KEY,
    totalTimeoutMs: CALL_MS,
    // Here the line is judged, not the circuit.
    breaker: { minimumCalls: 1_000, windowCalls: 1_000 },
  });
  return {
    db: world.database.db,
    api: {
      delete: async (customId, options) => {
        step();
        const result = await api.delete(customId, options);
        step();
        return result;
      },
    },
    ledger: {
      refOf: (customId) => {
        step();
        return world.ledger.refOf(customId);
      },
      appendErasure: async (line) => {
        step();
        await world.ledger.appendErasure(line);
        step();
      },
    },
    clock: () => {
      step();
      return new Date();
    },
    auditKey: AUDIT_KEY,
    timeZone: "America/Sao_Paulo",
    quietMs: QUIET_MS,
    close: () => api.close(),
  };
}

/**
 * Erases people one after the other while the line to the API fails, workers end in the middle of things, two of them work
 * at once, and somebody tries to enrol the same CustomID again and again. Counts what must never happen.
 */
export async function runErasures(runs: number, seed: number): Promise<Figures> {
  const dice = takeDice(seed, 0);
  const faults: Record<string, number> = {};
  const nextFault = (): LineFault => {
    const fault = dice.chance(0.45) ? (LINE_FAULTS[dice.whole(1, LINE_FAULTS.length - 1)] ?? "none") : "none";
    faults[fault] = (faults[fault] ?? 0) + 1;
    return fault;
  };
  const world = await startErasureWorld(nextFault);
  const figures: Figures = {
    runs,
    completed: 0,
    crashes: 0,
    deletesSeen: 0,
    probes: 0,
    enrolmentsRefused: 0,
    enrolledAnew: 0,
    faults,
    violations: [],
  };
  try {
    const lanes = Array.from({ length: LANES }, async (_, lane) => {
      for (let run = lane; run < runs; run += LANES)
        await eraseOnce(world, takeDice(seed, run + 1), run, figures);
    });
    await Promise.all(lanes);
    figures.deletesSeen = world.seen.length;
    return figures;
  } finally {
    await world.stop();
  }
}

async function eraseOnce(world: ErasureWorld, dice: Dice, run: number, figures: Figures): Promise<void> {
  const customId = `run-${run}`;
  const wrong = (what: string) => void figures.violations.push(`${customId}: ${what}`);
  const first = await world.enrol(customId);
  if (!first.ok) throw new Error(first.code);
  const { requestId, approvals } = await world.approve(customId);
  if (approvals !== 1) wrong(`${approvals} of two approvals at once took effect`);
  const enroller = dice.chance(0.6) ? keepEnrolling(world, customId, requestId, figures, wrong) : null;
  const isDone = await workUntilDone(world, requestId, dice, figures);
  if (!isDone) wrong("never came to its end");
  else figures.completed += 1;
  const anewAt = (await enroller) ?? null;
  await check(world, { customId, requestId, anewAt }, figures, wrong);
}

/** As a person who does not know: from the approval on, until it works. */
async function keepEnrolling(
  world: ErasureWorld,
  customId: string,
  requestId: string,
  figures: Figures,
  wrong: (what: string) => void,
): Promise<number | null> {
  for (let turn = 0; turn < 600; turn += 1) {
    const done = await world.enrol(customId);
    if (done.ok) {
      const [request] = await world.database.db
        .select({ state: dataRequests.state })
        .from(dataRequests)
        .where(eq(dataRequests.id, requestId));
      if (request?.state !== "completed") wrong(`was enrolled while the request was ${request?.state}`);
      figures.enrolledAnew += 1;
      return Date.now();
    }
    figures.enrolmentsRefused += 1;
    await delay(50);
  }
  wrong("could not enrol again after the erasure");
  return null;
}

async function workUntilDone(
  world: ErasureWorld,
  requestId: string,
  dice: Dice,
  figures: Figures,
): Promise<boolean> {
  const { db } = world.database;
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    const desks = Array.from({ length: dice.chance(0.4) ? 2 : 1 }, () => crashingDesk(world, dice, figures));
    await Promise.allSettled(desks.map((desk) => executeRequest(desk, requestId)));
    await Promise.all(desks.map((desk) => desk.close()));
    const [request] = await db.select().from(dataRequests).where(eq(dataRequests.id, requestId));
    if (request?.state === "completed") return true;
    // Hours of waiting pass at once; the quiet time, in which a late call still arrives, does not.
    await db.execute(sql`update data_requests set next_try_at = least(next_try_at, now() + interval '${sql.raw(String(QUIET_MS))} milliseconds')
      where id = ${requestId} and next_try_at is not null`);
    if (request?.state === "failed" && request.nextTryAt === null)
      await db.execute(sql`update data_requests set next_try_at = now() where id = ${requestId}`);
    await delay(QUIET_MS / 4);
  }
  return false;
}

type Checked = { customId: string; requestId: string; anewAt: number | null };

async function check(
  { database: { db }, seen, isAtApi }: ErasureWorld,
  { customId, requestId, anewAt }: Checked,
  figures: Figures,
  wrong: (what: string) => void,
): Promise<void> {
  // Whatever is still on its way arrives.
  await delay(QUIET_MS);
  const own = seen.filter((one) => one.customId === customId);
  if (own.some(({ isIntended }) => !isIntended)) wrong("a DELETE without an intent in the log");
  if (anewAt !== null && own.some(({ at }) => at > anewAt)) wrong("a DELETE after the new enrolment");
  if (anewAt !== null && !(await isAtApi(customId))) wrong("the new enrolment is gone");
  if (anewAt === null && (await isAtApi(customId))) wrong("called complete, and still at the API");
  const attempts = await db.select().from(requestAttempts).where(eq(requestAttempts.requestId, requestId));
  const effective = attempts.filter(({ kind, state }) => kind === "delete" && state !== "refused");
  if (effective.length > 1) wrong(`${effective.length} executing deletes`);
  if (own.length > attempts.length) wrong("more DELETEs than acts written down");
  figures.probes += attempts.filter(({ kind }) => kind === "probe").length;
  const intents = await db
    .select({ id: auditEntries.id })
    .from(auditEntries)
    .where(and(eq(auditEntries.entityId, requestId), eq(auditEntries.action, "request.attempt")));
  if (intents.length !== attempts.length) wrong("acts and their audit entries differ");
  const receipts = await db.select().from(requestReceipts).where(eq(requestReceipts.requestId, requestId));
  if (receipts.length !== 1) wrong(`${receipts.length} receipts`);
  const [person] = await db.select().from(people).where(eq(people.customId, customId));
  if (anewAt === null && person) wrong("the mapping row is still here");
}

/** In one line, for whoever reads the test's output. */
export const inWords = ({ violations, faults, ...rest }: Figures): string =>
  `${Object.entries(rest)
    .map(([name, count]) => `${name} ${count}`)
    .join(", ")}; line: ${Object.entries(faults)
    .map(([name, count]) => `${name} ${count}`)
    .join(", ")}; violations ${violations.length}`;
