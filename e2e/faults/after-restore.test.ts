import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type DatabaseClient, openDatabase } from "#db/client.ts";
import { people } from "#db/schema/people.ts";
import { dataRequests } from "#db/schema/requests.ts";
import { callGateway } from "#e2e/gateway/start-world.ts";
import { auditKeyOf } from "#lib/audit/seal-bytes.ts";
import { executeRequest } from "#lib/execution/execute-request.ts";
import type { ExecutionDesk, TurnEnd } from "#lib/execution/types.ts";
import { newId } from "#lib/ids.ts";
import { openLedger } from "#lib/ledger/open-ledger.ts";
import { createMultibiometrics } from "#lib/multibiometrics/client.ts";
import type { Multibiometrics } from "#lib/multibiometrics/types.ts";
import { retryRequest } from "#lib/requests/retry-request.ts";
import { type Sandbox, startSandbox } from "#sandbox/server.ts";
import { sampleFace } from "#sandbox/testing/sample-faces.ts";
import { type GatewayProcess, makeGatewayProcess, prepareGatewayData } from "./gateway-process.ts";
import { type OwnPostgres, startOwnPostgres } from "./own-postgres.ts";
import type { PartProcess } from "./part-process.ts";
import { approveErasure } from "./propose-erasure.ts";
import { type StandIn, startFlagsStandIn } from "./stand-ins.ts";
import { makeWorkerProcess } from "./worker-process.ts";

const API_KEY = "0123456789abcdef0123456789abcdef";
const LEDGER_SECRET = "12".repeat(32);
const AUDIT_SECRET = "ef".repeat(32);
const AUDIT_KEY = auditKeyOf(AUDIT_SECRET);
/** Longer than a call lives here, as it is in earnest with a minute. */
const QUIET_MS = 1_000;

let postgres: OwnPostgres;
let sandbox: Sandbox;
let flags: StandIn;
let gateway: GatewayProcess;
let worker: PartProcess;
let api: Multibiometrics;
let key: string;
let stateDir: string;
let face: string;

beforeAll(async () => {
  stateDir = mkdtempSync(join(tmpdir(), "gatehouse-restore-"));
  mkdirSync(join(stateDir, "sandbox"));
  writeFileSync(
    join(stateDir, "secrets.json"),
    JSON.stringify({ ledgerSecret: LEDGER_SECRET, auditSecret: AUDIT_SECRET }),
  );
  face = (await sampleFace("A")).toString("base64");
  postgres = await startOwnPostgres();
  ({ key } = await prepareGatewayData(postgres.url, 0));
  sandbox = await startSandbox({ port: 0, apiKey: API_KEY, dataDir: join(stateDir, "sandbox") });
  flags = await startFlagsStandIn("biometric-login");
  gateway = await makeGatewayProcess({
    ...{ databaseUrl: postgres.url, apiUrl: sandbox.url, flagsUrl: flags.url },
    ...{ dataDir: join(stateDir, "gateway"), ledgerDir: join(stateDir, "ledger") },
  });
  worker = makeWorkerProcess({
    ...{ databaseUrl: postgres.url, apiUrl: sandbox.url, signingKey: "56".repeat(32) },
    ...{ auditDir: join(stateDir, "audit"), ledgerDir: join(stateDir, "ledger") },
    onLog: () => {},
  });
  api = createMultibiometrics({ url: sandbox.url, apiKey: API_KEY, qualityApiKey: API_KEY });
  await gateway.start();
});

afterAll(async () => {
  await Promise.all([gateway.stop(), worker.stop()]);
  await Promise.all([flags.close(), sandbox.close(), api.close()]);
  await postgres.remove();
  rmSync(stateDir, { recursive: true, force: true });
});

/** Works with the database as it is now: it is stopped and replaced in between. */
async function inDatabase<T>(work: (client: DatabaseClient) => Promise<T>): Promise<T> {
  const client = openDatabase(postgres.url, { connections: 1, applicationName: "gatehouse-restore-test" });
  return work(client).finally(() => client.close());
}

async function enrol(customId: string): Promise<void> {
  const body = { customId, legalBasis: "lgpd_11_i_consent", face };
  // The gateway finds the database again within a second of its return.
  await expect
    .poll(async () => (await callGateway(gateway.url, key, "POST", "/v1/enrollments", body)).status, {
      timeout: 15_000,
    })
    .toBe(201);
}

/** One turn of a worker, as far as it goes. */
async function takeTurn(requestId: string, line: ExecutionDesk["api"] = api): Promise<TurnEnd> {
  const ledger = openLedger({ folder: join(stateDir, "ledger"), secret: LEDGER_SECRET });
  const desk = { ledger, api: line, clock: () => new Date(), auditKey: AUDIT_KEY, timeZone: "UTC" };
  const turn = inDatabase(({ db }) => executeRequest({ ...desk, db, quietMs: QUIET_MS }, requestId));
  return turn.finally(() => ledger.close());
}

const carryOut = (requestId: string) =>
  expect.poll(() => takeTurn(requestId), { timeout: 10_000, interval: 100 }).toBe("completed");

class WorkerEnded extends Error {}
/** On which a worker ends in the middle of its call. */
const cutLine = { delete: () => Promise.reject(new WorkerEnded()) };

/** Asks for somebody's erasure and gets it approved by two people. */
const approve = (customId: string) => inDatabase(({ db }) => approveErasure(db, customId, AUDIT_KEY));

/** Whether the API holds somebody; who it did not hold it holds then. */
async function isAtApi(customId: string): Promise<boolean> {
  const again = await api.enroll(customId, { face });
  if (!again.ok && again.code !== "custom_id_exists") throw new Error(again.code);
  return !again.ok;
}

const requestOf = (requestId: string) =>
  inDatabase(
    async ({ db }) => (await db.select().from(dataRequests).where(eq(dataRequests.id, requestId)))[0],
  );

const rowOf = (customId: string) =>
  inDatabase(async ({ db }) => (await db.select().from(people).where(eq(people.customId, customId)))[0]);

/** The command as an operator gives it. */
async function afterRestore(): Promise<{ code: number; said: string }> {
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, NODE_ENV: "production" as const, GATEHOUSE_DATA_DIR: stateDir };
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/after-restore.ts"], {
    env: { ...env, DATABASE_URL: postgres.url },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said += String(text)));
  const [code] = await once(child, "close");
  return { code, said };
}

test("after a cold copy from before the erasures was put back, who was erased is erased again, here and at the API, and who enrolled anew or never was erased is left alone, whatever the copy holds of their requests", async () => {
  for (const customId of ["ana", "bia", "clara", "dora"]) await enrol(customId);
  // Of dora's erasure the copy is made in the middle.
  const dora = await approve("dora");
  await expect(takeTurn(dora.requestId, cutLine)).rejects.toThrow(WorkerEnded);
  await postgres.stop();
  postgres.keepCold();
  await postgres.start();
  await carryOut(dora.requestId);
  for (const customId of ["ana", "bia"]) await carryOut((await approve(customId)).requestId);
  for (const customId of ["bia", "dora"]) await enrol(customId);
  expect(await rowOf("ana")).toBeUndefined();
  await postgres.stop();
  postgres.putColdBack();
  await postgres.start();
  const [bia, clara] = [await rowOf("bia"), await rowOf("clara")];
  expect(await rowOf("ana")).toMatchObject({ status: "enrolled" });
  expect(await requestOf(dora.requestId)).toMatchObject({ state: "executing" });
  // The vendor's own backup could bring her back as well.
  expect(await isAtApi("ana")).toBe(false);

  const { code, said } = await afterRestore();
  expect(said).toContain(
    "The ledger names 1 person as erased, and 2 people as enrolled anew after an erasure.",
  );
  expect(said).toContain("Left alone, because they enrolled anew: 2 people.");
  expect(said).toContain("Open requests of theirs that had been carried out before, and are withdrawn: 1.");
  expect(code).toBe(0);
  expect(await rowOf("ana")).toMatchObject({ status: "blocked", blockedFor: "erasure" });
  expect([await rowOf("bia"), await rowOf("clara")]).toEqual([bia, clara]);
  expect(await rowOf("dora")).toMatchObject({ status: "enrolled", blockedFor: null });
  const closed = await requestOf(dora.requestId);
  expect(closed).toMatchObject({ state: "withdrawn", customId: null });
  const requests = await inDatabase(({ db }) =>
    db.select().from(dataRequests).where(eq(dataRequests.customId, "ana")),
  );
  expect(requests).toMatchObject([
    {
      right: "deletion",
      deletionReason: "restored",
      state: "scheduled",
      protocol: expect.stringMatching(/^REQ-\d{4}-0004$/),
    },
  ]);
  const again = await afterRestore();
  expect(again.said).toContain("1 by an approved request that is open already");
  const officer = { actor: { id: newId(), role: "compliance_officer" }, auditKey: AUDIT_KEY } as const;
  const seen = { requestId: dora.requestId, version: closed?.version ?? 0 };
  expect(await inDatabase(({ db }) => retryRequest(db, seen, officer, new Date()))).toEqual({
    ok: false,
    code: "illegal_step",
  });

  await worker.start();
  const id = requests[0]?.id ?? "";
  await expect
    .poll(async () => (await requestOf(id))?.state, { timeout: 20_000, interval: 200 })
    .toBe("completed");
  await worker.stop();
  expect(await rowOf("ana")).toBeUndefined();
  expect([await rowOf("bia"), await rowOf("clara")]).toEqual([bia, clara]);
  expect(await rowOf("dora")).toMatchObject({ status: "enrolled" });
  expect(await requestOf(dora.requestId)).toEqual(closed);
  const held = [];
  for (const customId of ["ana", "bia", "clara", "dora"]) held.push(await isAtApi(customId));
  expect(held).toEqual([false, true, true, true]);
}, 90_000);

test("beside a worker it refuses, and changes nothing", async () => {
  const worker = openDatabase(postgres.url, { connections: 1, applicationName: "gatehouse-worker" });
  await worker.sql`select 1`;
  const { code, said } = await afterRestore();
  await worker.close();
  expect(code).toBe(1);
  expect(said).toContain("Stop every worker first");
}, 30_000);
