import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type DatabaseClient, openDatabase } from "#db/client.ts";
import { auditKeyOf } from "#lib/audit/seal-bytes.ts";
import { newId } from "#lib/ids.ts";
import { enrolAnew } from "./enrol-anew.ts";
import { judgeErasures } from "./judge-erasures.ts";
import { type NamesApi, startNamesApi } from "./names-api.ts";
import { type OwnPostgres, startOwnPostgres } from "./own-postgres.ts";
import type { PartProcess } from "./part-process.ts";
import { approveErasure } from "./propose-erasure.ts";
import { makeWorkerProcess } from "./worker-process.ts";

const PEOPLE = 1_000;
const KILLS = 12;
/** With every so-manieth kill of a worker PostgreSQL is killed too. */
const POSTGRES_EVERY = 4;
/** One in so many tries to enrol, from the approval on. */
const ANEW_EVERY = 5;
const AT_ONCE = 4;
// As the worker has them.
const AUDIT_KEY = auditKeyOf("ef".repeat(32));
const LEDGER_SECRET = "12".repeat(32);
const API_KEY = "0123456789abcdef0123456789abcdef";
const folder = mkdtempSync(join(tmpdir(), "gatehouse-killed-"));
const names = Array.from({ length: PEOPLE }, (_, place) => `person-${place}-of-a-thousand`);

let postgres: OwnPostgres;
let database: DatabaseClient;
let api: NamesApi;
beforeAll(async () => {
  [postgres, api] = await Promise.all([startOwnPostgres(), startNamesApi(names)]);
  database = openDatabase(postgres.url, { connections: AT_ONCE, applicationName: "gatehouse-faults" });
});
afterAll(async () => {
  await Promise.all([database.close(), api.close()]);
  await postgres.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** Of each of them an erasure that two people decided, due at once. Answers whom each request is about. */
async function approveAll(): Promise<Map<string, string>> {
  const requests = new Map<string, string>();
  const waiting = [...names];
  const approveNext = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      await database.sql`insert into people (id, custom_id, custom_id_folded, status, face_enrolled, legal_basis, bucket, created_at)
        values (${newId()}, ${name}, ${name}, 'enrolled', true, 'lgpd_11_i_consent', 1, now())`;
      requests.set((await approveErasure(database.db, name, AUDIT_KEY)).requestId, name);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, approveNext));
  return requests;
}

const workerOf = (name: string): PartProcess =>
  makeWorkerProcess({
    ...{ databaseUrl: postgres.url, apiUrl: api.url, signingKey: "5a".repeat(32), erasuresPerMinute: 6_000 },
    ...{ auditDir: join(folder, name, "audit"), ledgerDir: join(folder, name, "ledger") },
  });

const countDone = async (): Promise<number> => {
  const [row] = await database.sql<{ done: number }[]>`
    select count(*)::integer as done from data_requests where state = 'completed'`;
  return row?.done ?? 0;
};
/** The same, as long as PostgreSQL comes back. */
const countDoneSoon = () => countDone().catch(() => -1);

/** Kills one worker and then the other in the middle of the load; PostgreSQL with both at work, which they survive. */
async function killAgainAndAgain(workers: readonly PartProcess[]): Promise<number[]> {
  const doneAtKill: number[] = [];
  await expect.poll(countDone, { timeout: 60_000 }).toBeGreaterThan(0);
  for (let kill = 1; kill <= KILLS; kill += 1) {
    // The load itself is what is waited for: a random moment of it.
    await delay(500 + Math.random() * 2_000);
    const worker = workers[kill % workers.length];
    // Throws where the worker had ended by itself.
    await worker?.kill();
    doneAtKill.push(await countDone());
    await worker?.start();
    if (kill % POSTGRES_EVERY !== 0) continue;
    await postgres.kill();
    await delay(500);
    await postgres.start();
    await expect.poll(countDoneSoon, { timeout: 60_000 }).toBeGreaterThanOrEqual(0);
  }
  return doneAtKill;
}

test("a thousand erasures on two workers that are killed again and again, with a PostgreSQL that is killed too, come to their end, each carried out once", async () => {
  const requests = await approveAll();
  const anew = names.filter((_, place) => place % ANEW_EVERY === 0);
  const place = { databaseUrl: postgres.url, apiUrl: api.url, apiKey: API_KEY };
  const ledger = { ledgerDir: join(folder, "gateway", "ledger"), ledgerSecret: LEDGER_SECRET };
  const startedAt = performance.now();
  const enrolling = enrolAnew(anew, { ...place, ...ledger });
  const workers = [workerOf("one"), workerOf("other")];
  await Promise.all(workers.map((worker) => worker.start()));

  const doneAtKill = await killAgainAndAgain(workers);
  await expect.poll(countDoneSoon, { timeout: 480_000, interval: 1_000 }).toBe(PEOPLE);
  const seconds = Math.round((performance.now() - startedAt) / 1_000);
  await enrolling.finished;
  await Promise.all(workers.map((worker) => worker.stop()));

  const { violations, ...figures } = await judgeErasures({
    ...{ sql: database.sql, api, requests, anew: new Set(anew) },
    ...{ ledgerDir: folder, ledgerSecret: LEDGER_SECRET },
  });
  const { refused, enrolled, away } = enrolling.figures;
  process.stdout.write(
    `  workers killed: people ${PEOPLE}, kills ${KILLS} and of PostgreSQL ${KILLS / POSTGRES_EVERY}, done at each kill ${doneAtKill.join(" ")}, ` +
      `all after ${seconds} s; DELETEs seen ${api.deletes.length} for acts ${figures.acts}, of them probes ${figures.probes}, cut off ${figures.cutOff}; ` +
      `enrolments refused ${refused}, without PostgreSQL ${away}, enrolled anew ${enrolled}; receipts ${figures.receipts}; violations ${violations.length}\n`,
  );
  expect(violations).toEqual([]);
  expect(figures.receipts).toBe(PEOPLE);
  expect(enrolled).toBe(anew.length);
  // Both were at work when they were killed, and not only afterwards.
  expect(doneAtKill[0]).toBeGreaterThan(0);
  expect(doneAtKill.at(-1)).toBeLessThan(PEOPLE);
  expect(figures.cutOff).toBeGreaterThan(0);
  expect(refused).toBeGreaterThan(0);
}, 900_000);
