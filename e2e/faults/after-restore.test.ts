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
import { newId } from "#lib/ids.ts";
import { noteErased } from "#lib/ledger/note-erased.ts";
import { openLedger } from "#lib/ledger/open-ledger.ts";
import { forgetPerson } from "#lib/requests/forget-person.ts";
import { type Sandbox, startSandbox } from "#sandbox/server.ts";
import { sampleFace } from "#sandbox/testing/sample-faces.ts";
import { type GatewayProcess, makeGatewayProcess, prepareGatewayData } from "./gateway-process.ts";
import { type OwnPostgres, startOwnPostgres } from "./own-postgres.ts";
import { type StandIn, startFlagsStandIn } from "./stand-ins.ts";

const API_KEY = "0123456789abcdef0123456789abcdef";
const LEDGER_SECRET = "12".repeat(32);
const AUDIT_SECRET = "ef".repeat(32);
const by = { actor: { id: null, role: "system" }, auditKey: auditKeyOf(AUDIT_SECRET) } as const;

let postgres: OwnPostgres;
let sandbox: Sandbox;
let flags: StandIn;
let gateway: GatewayProcess;
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
  await gateway.start();
});

afterAll(async () => {
  await gateway.stop();
  await Promise.all([flags.close(), sandbox.close()]);
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

/** As a completed erasure leaves it: gone at the API, told to the ledger, forgotten here. */
async function erase(customId: string, protocol: string): Promise<void> {
  const answer = await fetch(`${sandbox.url}/multibiometrics/delete`, {
    method: "DELETE",
    headers: { "content-type": "application/json", "Ocp-Apim-Subscription-Key": API_KEY },
    body: JSON.stringify({ Person: { CustomID: customId } }),
  });
  expect(answer.status).toBe(200);
  const at = new Date();
  const ledger = openLedger({ folder: join(stateDir, "ledger"), secret: LEDGER_SECRET });
  await ledger.appendErasure({ customId, requestId: newId(), protocol, at });
  await ledger.close();
  await inDatabase(({ db }) =>
    db.transaction(async (tx) => {
      await forgetPerson(tx, customId, by, at);
      await noteErased(tx, ledger.refOf(customId), at);
    }),
  );
}

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

test("after a cold copy from before the erasures was put back, who was erased is blocked and due to be erased again, and who enrolled anew or never was erased is left alone", async () => {
  for (const customId of ["ana", "bia", "clara"]) await enrol(customId);
  await postgres.stop();
  postgres.keepCold();
  await postgres.start();
  await erase("ana", "REQ-2026-0001");
  await erase("bia", "REQ-2026-0002");
  await enrol("bia");
  expect(await rowOf("ana")).toBeUndefined();
  await postgres.stop();
  postgres.putColdBack();
  await postgres.start();
  const [bia, clara] = [await rowOf("bia"), await rowOf("clara")];
  expect(await rowOf("ana")).toMatchObject({ status: "enrolled" });

  const { code, said } = await afterRestore();
  expect(said).toContain(
    "The ledger names 1 person as erased, and 1 person as enrolled anew after an erasure.",
  );
  expect(said).toContain("Left alone, because they enrolled anew: 1 person.");
  expect(code).toBe(0);
  expect(await rowOf("ana")).toMatchObject({ status: "blocked", blockedFor: "erasure" });
  expect([await rowOf("bia"), await rowOf("clara")]).toEqual([bia, clara]);
  const requests = await inDatabase(({ db }) => db.select().from(dataRequests));
  expect(requests).toMatchObject([
    {
      customId: "ana",
      right: "deletion",
      deletionReason: "restored",
      state: "scheduled",
      protocol: "REQ-2026-0003",
    },
  ]);

  const again = await afterRestore();
  expect(again.said).toContain("1 by an approved request that is open already");
  expect(await inDatabase(({ db }) => db.select().from(dataRequests))).toEqual(requests);
}, 90_000);

test("beside a worker it refuses, and changes nothing", async () => {
  const worker = openDatabase(postgres.url, { connections: 1, applicationName: "gatehouse-worker" });
  await worker.sql`select 1`;
  const { code, said } = await afterRestore();
  await worker.close();
  expect(code).toBe(1);
  expect(said).toContain("Stop every worker first");
}, 30_000);
