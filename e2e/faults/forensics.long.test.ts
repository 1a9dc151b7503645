import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { type DatabaseClient, openDatabase } from "#db/client.ts";
import { adminToken, clientToken, makeUnleash, type TestUnleash } from "#e2e/contract/start-unleash.ts";
import { callGateway } from "#e2e/gateway/start-world.ts";
import { auditKeyOf } from "#lib/audit/seal-bytes.ts";
import { addAdopters } from "#lib/early-adopters/add-adopters.ts";
import { importFile } from "#lib/early-adopters/import-file.ts";
import { newId } from "#lib/ids.ts";
import { LEDGER_FILE } from "#lib/ledger/open-ledger.ts";
import { recordSearch } from "#lib/people/record-search.ts";
import { recordView } from "#lib/people/record-view.ts";
import { checkpointSigner } from "#lib/transparency/checkpoint.ts";
import { createUnleashAdmin } from "#lib/unleash/admin.ts";
import { prepareRollout } from "#lib/unleash/prepare-rollout.ts";
import { type Sandbox, startSandbox } from "#sandbox/server.ts";
import { sampleFace } from "#sandbox/testing/sample-faces.ts";
import { formsOf, rewriteFiles, tracesInFiles, tracesInTables } from "./find-traces.ts";
import { type GatewayProcess, makeGatewayProcess, prepareGatewayData } from "./gateway-process.ts";
import { type OwnPostgres, startOwnPostgres } from "./own-postgres.ts";
import type { PartProcess } from "./part-process.ts";
import { approveErasure } from "./propose-erasure.ts";
import { makeWorkerProcess } from "./worker-process.ts";

const CUSTOM_ID = "Pessoa Forense 529.982.247-25";
const API_KEY = "0123456789abcdef0123456789abcdef";
const SIGNING_KEY = "56".repeat(32);
const AUDIT_KEY = auditKeyOf("ef".repeat(32));

let postgres: OwnPostgres;
let database: DatabaseClient;
let sandbox: Sandbox;
let unleash: TestUnleash;
let gateway: GatewayProcess;
let worker: PartProcess;
let key: string;
let folder: string;
let log = "";
const onLog = (text: string) => {
  log += text;
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "gatehouse-forensics-"));
  postgres = await startOwnPostgres();
  database = openDatabase(postgres.url, { connections: 4, applicationName: "gatehouse-forensics" });
  ({ key } = await prepareGatewayData(postgres.url, 20));
  sandbox = await startSandbox({
    port: 0,
    apiKey: API_KEY,
    dataDir: mkdtempSync(join(tmpdir(), "sandbox-")),
  });
  // In the same cluster, so that what it keeps is searched as well.
  unleash = await makeUnleash(postgres.superuserUrl("postgres"));
  await unleash.start();
  const { url } = unleash;
  const prepared = await prepareRollout({
    ...{ url, adminToken, environment: "development", initialExposurePercent: 100 },
  });
  if (!prepared.ok) throw new Error(`Unleash was not prepared: ${prepared.code}`);
  gateway = await makeGatewayProcess({
    ...{ databaseUrl: postgres.url, apiUrl: sandbox.url, flagsUrl: url, flagsToken: clientToken },
    ...{ dataDir: join(folder, "gateway"), ledgerDir: join(folder, "ledger") },
    onLog,
  });
  worker = makeWorkerProcess({
    ...{ databaseUrl: postgres.url, apiUrl: sandbox.url, signingKey: SIGNING_KEY, onLog },
    ...{ auditDir: join(folder, "audit"), ledgerDir: join(folder, "ledger") },
  });
  await gateway.start();
});

afterAll(async () => {
  await Promise.all([gateway.stop(), worker.stop()]);
  await Promise.all([unleash.remove(), sandbox.close(), database.close()]);
  await postgres.remove();
  rmSync(folder, { recursive: true, force: true });
});

const call = (method: string, path: string, body: unknown) =>
  callGateway(gateway.url, key, method, path, body);
const officer = { id: newId(), role: "compliance_officer" } as const;

/** An early adopter: looked through in a file, whose tables are gone with it, and added. */
async function adopt(): Promise<void> {
  const actor = { id: newId(), role: "product_manager" } as const;
  const by = { actor, auditKey: AUDIT_KEY, refOf: () => "somebody else" };
  const bytes = Readable.from([Buffer.from(`CustomID\n${CUSTOM_ID}\n`)]);
  const told = await importFile(database.db, { bytes, expectedSha256: null }, by, new Date());
  expect(told).toMatchObject({ ok: true, report: { added: 1, enrolled: 1 } });
  await addAdopters(database.db, [CUSTOM_ID], by, new Date());
}

/** A person as they leave traces: enrolled, in and out of logins, looked up, with reports and a recapture. */
async function live(): Promise<string> {
  const own = (await sampleFace("A")).toString("base64");
  const other = (await sampleFace("B")).toString("base64");
  const person = { customId: CUSTOM_ID, legalBasis: "lgpd_11_i_consent" };
  expect((await call("POST", "/v1/enrollments", { ...person, face: own })).status).toBe(201);
  expect((await call("POST", "/v1/enrollments", { ...person, face: own })).status).toBe(409);
  expect((await call("PUT", "/v1/enrollments", { customId: CUSTOM_ID, face: own })).status).toBe(200);
  const good = await call("POST", "/v1/logins", { customId: CUSTOM_ID, face: own, channel: "web" });
  expect(good.body).toMatchObject({ decision: "approved" });
  const bad = await call("POST", "/v1/logins", { customId: CUSTOM_ID, face: other });
  expect(bad.body).toMatchObject({ decision: "retry_capture" });
  const ending = { succeeded: true, reason: "told_to" };
  expect((await call("POST", `/v1/logins/${bad.body.loginId}/legacy-outcome`, ending)).status).toBe(204);
  await call("POST", `/v1/logins/${good.body.loginId}/reports`, { kind: "false_accept" });
  // What cannot be understood quotes itself in many logs.
  await call("POST", "/v1/logins", { customId: CUSTOM_ID, face: "no picture", locale: CUSTOM_ID });
  const [row] = await database.sql<{ id: string; bioPassId: string }[]>`
    select id, bio_pass_id as "bioPassId" from people where custom_id = ${CUSTOM_ID}`;
  if (!row) throw new Error("The person was not enrolled.");
  const at = new Date();
  const subject = { customId: CUSTOM_ID, key: AUDIT_KEY };
  await recordView(database.db, officer, { personId: row.id, subject }, at);
  await recordSearch(database.db, officer, { kind: "exact", results: 1, purpose: "support_call" }, at);
  return row.bioPassId;
}

/** Waits for the worker: it carries the request out, and makes its receipt whole. */
async function receiptOf(requestId: string): Promise<string> {
  const read = async () => {
    const [row] = await database.sql<{ file: string | null }[]>`
      select file from request_receipts where request_id = ${requestId}`;
    return row?.file ?? null;
  };
  await expect.poll(read, { timeout: 20_000, interval: 100 }).not.toBeNull();
  return (await read()) ?? "";
}

/** What the receipt's reader says of it, who has the public key and nothing else. */
async function verify(file: string): Promise<{ exitCode: number; text: string }> {
  const [receipt, publicKey] = [join(folder, "receipt.json"), join(folder, "audit-public-key.txt")];
  writeFileSync(receipt, file);
  writeFileSync(publicKey, `${checkpointSigner(SIGNING_KEY).verifierKey}\n`);
  const args = [join(process.cwd(), "scripts", "verify-receipt.mjs"), receipt, "--public-key", publicKey];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: folder, env: {} as NodeJS.ProcessEnv }, (error, text) =>
      resolve({ exitCode: error === null ? 0 : Number(error.code), text }),
    );
  });
}

/** What carrying it out left in the log, so that it is searched as well; the queue keeps no job whose turn is over. */
async function expectLeftBehind(requestId: string): Promise<void> {
  const [left] = await database.sql`
    select (select count(*)::int from pgboss.job) as queued,
      (select array_agg(kind || ' ' || state || ' ' || code order by number) from request_attempts) as attempts,
      (select count(*)::int from audit_entries where action = 'request.complete' and entity_id = ${requestId}) as completed,
      (select count(*)::int from audit_entries e left join audit_leaves l on l.entry_id = e.id where l.entry_id is null
        and e.entity_id = ${requestId}) as unsealed`;
  expect(left).toMatchObject({
    queued: 0,
    attempts: ["delete done ok", "probe done person_not_found"],
    completed: 1,
    unsealed: 0,
  });
  expect(readFileSync(join(folder, "audit", "checkpoints.txt"), "utf8")).toContain("\n— ");
  const ledgers = readdirSync(join(folder, "ledger")).filter((name) => LEDGER_FILE.test(name));
  expect(ledgers.map((name) => readFileSync(join(folder, "ledger", name), "utf8"))).toEqual([
    expect.stringContaining(requestId),
  ]);
}

const metricsSchema = z.looseObject({ data: z.array(z.looseObject({ yes: z.number() })) });

/** That Unleash was told of the logins' evaluations, as gateways tell it every minute and at their end. */
async function expectUnleashTold(): Promise<void> {
  const admin = createUnleashAdmin({ url: unleash.url, adminToken });
  const told = async () => {
    const answer = await admin.get("/client-metrics/features/biometric-login/raw?hoursBack=1", metricsSchema);
    return answer.ok ? answer.value.data.reduce((sum, { yes }) => sum + yes, 0) : 0;
  };
  await expect.poll(told, { timeout: 20_000 }).toBeGreaterThan(0);
}

/** What charts are counted from. */
const countHistory = () =>
  database.sql`
    select (select count(*)::int from logins) as logins, (select count(*)::int from verifications) as tries,
      (select count(*)::int from login_outcomes) as outcomes, (select count(*)::int from enrolments) as enrolments,
      (select sum(count)::int from login_rollups where tier = 2) as "loginsCounted",
      (select sum(count)::int from verification_rollups where tier = 2) as "triesCounted"`;

/** `CustomID plain in faults.public.people` is in `public.people`. */
const placesOf = (traces: readonly string[]) =>
  [
    ...new Set(traces.map((trace) => trace.slice(trace.lastIndexOf(".", trace.lastIndexOf(".") - 1) + 1))),
  ].sort();

test("a person is named by the rows that an erasure takes away, and by nothing else: no table, receipt, queue, log, journal, snapshot, ledger, checkpoint, nor file of the database holds them afterwards", async () => {
  const bioPassId = await live();
  await adopt();
  const sought = new Map([
    ["CustomID", formsOf(CUSTOM_ID)],
    ["BioPassID", formsOf(bioPassId)],
  ]);
  const { requestId, protocol } = await approveErasure(database.db, CUSTOM_ID, AUDIT_KEY);
  // Statistics keep samples of values: they are made while the person is there.
  await database.sql`analyze`;
  const before = await tracesInTables(postgres, sought);
  expect(placesOf(before.traces)).toEqual(["public.data_requests", "public.early_adopters", "public.people"]);
  const history = await countHistory();

  await worker.start();
  const receipt = await receiptOf(requestId);
  await Promise.all([gateway.stop(), worker.stop()]);
  await expectLeftBehind(requestId);
  await expectUnleashTold();
  const verified = await verify(receipt);
  expect(verified.text).toContain(`VERIFIED: receipt of ${protocol}.`);
  expect(verified.exitCode).toBe(0);
  expect((await verify(receipt.replace('"state":"done"', '"state":"dome"'))).exitCode).toBe(1);
  writeFileSync(join(folder, "receipt.json"), receipt);
  writeFileSync(join(folder, "parts.log"), log);
  expect(log, "both parts have written to their log").toContain("The gateway stops");
  expect(log).toContain("receipts are whole");
  expect((await tracesInTables(postgres, sought)).traces).toEqual([]);
  expect(await countHistory()).toEqual(history);
  const ours = tracesInFiles([folder], sought);
  expect(ours.traces).toEqual([]);

  // The database's own log of changes has them until it is written over: the search would find them, and then does not.
  expect(tracesInFiles([postgres.clusterDir], sought).traces).not.toEqual([]);
  await rewriteFiles(postgres);
  const rewritten = tracesInFiles([postgres.clusterDir], sought);
  expect(rewritten.traces).toEqual([]);
  process.stdout.write(
    `Searched ${before.tables} tables of ${before.databases} databases, ${ours.files} files of ours and ${rewritten.files} of PostgreSQL (${Math.round(rewritten.bytes / 1e6)} MB) for ${sought.size} names in ${formsOf(CUSTOM_ID).size} forms.\n`,
  );
}, 60_000);
