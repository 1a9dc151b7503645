import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type FreshDatabase, freshDatabase } from "#db/testing/fresh-database.ts";
import { openRun } from "#lib/integration-checks/open-run.ts";
import { countTestPeople, listRuns } from "#lib/integration-checks/queries.ts";
import { originOf } from "#lib/multibiometrics/origin.ts";
import { type Sandbox, startSandbox } from "#sandbox/server.ts";
import { makeWorkerProcess } from "./worker-process.ts";

const folder = mkdtempSync(join(tmpdir(), "gatehouse-run-killed-"));
const API_KEY = "0123456789abcdef0123456789abcdef";
const SYSTEM = { id: null, role: "system" } as const;
let database: FreshDatabase;
let sandbox: Sandbox;
beforeAll(async () => {
  database = await freshDatabase();
  sandbox = await startSandbox({ port: 0, apiKey: API_KEY, dataDir: join(folder, "sandbox") });
});
afterAll(async () => {
  await sandbox.close();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const workerOf = (name: string) =>
  makeWorkerProcess({
    ...{ databaseUrl: database.url, apiUrl: sandbox.url, signingKey: "5a".repeat(32) },
    ...{ auditDir: join(folder, name, "audit"), ledgerDir: join(folder, name, "ledger") },
  });

const peopleAtApi = async (): Promise<number> =>
  ((await (await fetch(`${sandbox.url}/health`)).json()) as { people: number }).people;

test("a run whose worker is killed half way leaves no enrolment behind after the next start", async () => {
  const origin = originOf(sandbox.url);
  const opened = await openRun(database.db, { origin, kind: "sandbox", keyEnd: "cdef" }, SYSTEM, new Date());
  if (!opened.ok) throw new Error(opened.code);
  const first = workerOf("first");
  await first.start();
  await expect.poll(peopleAtApi, { timeout: 120_000, interval: 20 }).toBeGreaterThan(0);
  await first.kill();
  expect(await peopleAtApi()).toBeGreaterThan(0);
  const second = workerOf("second");
  await second.start();
  try {
    await expect.poll(peopleAtApi, { timeout: 60_000 }).toBe(0);
    expect(await listRuns(database.db, origin, 1)).toMatchObject([{ state: "cut_off" }]);
    // Who might still arrive by the call that was cut off is asked about again once nothing of it can.
    const leftNow = async () => (await countTestPeople(database.db, opened.runId)).left;
    await expect.poll(leftNow, { timeout: 180_000, interval: 1_000 }).toBe(0);
    expect(await peopleAtApi()).toBe(0);
  } finally {
    await second.kill();
  }
});
