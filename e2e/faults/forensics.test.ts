import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type DatabaseClient, openDatabase } from "#db/client.ts";
import { dataRequests } from "#db/schema/requests.ts";
import { callGateway } from "#e2e/gateway/start-world.ts";
import { AUDIT_KEY } from "#lib/audit/testing/audit-key.ts";
import { newId } from "#lib/ids.ts";
import { noteErased } from "#lib/ledger/note-erased.ts";
import { openLedger } from "#lib/ledger/open-ledger.ts";
import { recordSearch } from "#lib/people/record-search.ts";
import { recordView } from "#lib/people/record-view.ts";
import { composePreview } from "#lib/requests/compose-preview.ts";
import { confirmIdentity } from "#lib/requests/confirm-identity.ts";
import { forgetPerson } from "#lib/requests/forget-person.ts";
import { openRequest } from "#lib/requests/open-request.ts";
import { proposeDecision } from "#lib/requests/propose-decision.ts";
import { settleDecision } from "#lib/requests/settle-decision.ts";
import { type Sandbox, startSandbox } from "#sandbox/server.ts";
import { sampleFace } from "#sandbox/testing/sample-faces.ts";
import { formsOf, rewriteFiles, tracesInFiles, tracesInTables } from "./find-traces.ts";
import { type GatewayProcess, makeGatewayProcess, prepareGatewayData } from "./gateway-process.ts";
import { type OwnPostgres, startOwnPostgres } from "./own-postgres.ts";
import { type StandIn, startFlagsStandIn } from "./stand-ins.ts";

const CUSTOM_ID = "Pessoa Forense 529.982.247-25";
const API_KEY = "0123456789abcdef0123456789abcdef";

let postgres: OwnPostgres;
let database: DatabaseClient;
let sandbox: Sandbox;
let flags: StandIn;
let gateway: GatewayProcess;
let key: string;
let folder: string;
let log = "";

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
  flags = await startFlagsStandIn("biometric-login");
  gateway = await makeGatewayProcess({
    ...{ databaseUrl: postgres.url, apiUrl: sandbox.url, flagsUrl: flags.url },
    ...{ dataDir: join(folder, "gateway"), ledgerDir: join(folder, "ledger") },
    onLog: (text) => {
      log += text;
    },
  });
  await gateway.start();
});

afterAll(async () => {
  await gateway.stop();
  await Promise.all([flags.close(), sandbox.close(), database.close()]);
  await postgres.remove();
  rmSync(folder, { recursive: true, force: true });
});

const call = (method: string, path: string, body: unknown) =>
  callGateway(gateway.url, key, method, path, body);
const officer = {
  actor: { id: newId(), role: "compliance_officer" },
  auditKey: AUDIT_KEY,
  timeZone: "UTC",
} as const;
const second = {
  actor: { id: newId(), role: "administrator" },
  auditKey: AUDIT_KEY,
  timeZone: "UTC",
} as const;

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
  await recordView(database.db, officer.actor, { personId: row.id, subject }, at);
  await recordSearch(database.db, officer.actor, { kind: "exact", results: 1, purpose: "support_call" }, at);
  return row.bioPassId;
}

/** The request by the verbs of two people, to the moment at which it is due. */
async function ask(): Promise<{ requestId: string; protocol: string }> {
  const { db } = database;
  const at = new Date();
  const opened = await openRequest(
    db,
    { customId: CUSTOM_ID, right: "erasure", regimes: ["lgpd"], channel: "email", receivedAt: at },
    { actor: officer.actor, applicationId: null },
    officer,
    at,
  );
  if (!opened.ok) throw new Error(opened.code);
  const { requestId } = opened;
  const { digest } = await composePreview(db, "erasure", { customId: CUSTOM_ID, key: AUDIT_KEY });
  const decision = { assessment: "consent-based", previewDigest: digest, denialGround: null };
  const approval = { previewDigest: digest, delayHours: 0, isSingleControl: false };
  const steps = [
    await confirmIdentity(db, { requestId, version: 1, method: "known_contact" }, officer, at),
    await proposeDecision(db, { requestId, version: 2, ...decision }, officer, at),
    await settleDecision(db, { requestId, version: 3, ...approval }, second, at),
  ];
  expect(steps.map(({ ok }) => ok)).toEqual([true, true, true]);
  return opened;
}

/** What an erasure takes away here, and what it tells the ledger. */
async function takeAway({ requestId, protocol }: { requestId: string; protocol: string }): Promise<void> {
  const at = new Date();
  const ledger = openLedger({ folder: join(folder, "ledger"), secret: "12".repeat(32) });
  await ledger.appendErasure({ customId: CUSTOM_ID, requestId, protocol, at });
  await ledger.close();
  await database.db.transaction(async (tx) => {
    const ended = { state: "withdrawn", customId: null, closedAt: at } as const;
    await tx.update(dataRequests).set(ended).where(eq(dataRequests.id, requestId));
    await forgetPerson(tx, CUSTOM_ID, officer, at);
    await noteErased(tx, ledger.refOf(CUSTOM_ID), at);
  });
}

/** What charts are counted from. */
const countHistory = () =>
  database.sql`
    select (select count(*)::int from logins) as logins, (select count(*)::int from verifications) as tries,
      (select count(*)::int from login_outcomes) as outcomes, (select count(*)::int from enrolments) as enrolments,
      (select sum(count)::int from login_rollups) as "loginsCounted",
      (select sum(count)::int from verification_rollups) as "triesCounted"`;

/** `CustomID plain in faults.public.people` is in `public.people`. */
const placesOf = (traces: readonly string[]) =>
  [
    ...new Set(traces.map((trace) => trace.slice(trace.lastIndexOf(".", trace.lastIndexOf(".") - 1) + 1))),
  ].sort();

test("a person is named by the rows that an erasure takes away, and by nothing else: no table, log, journal, snapshot, ledger, nor file of the database holds them afterwards", async () => {
  const bioPassId = await live();
  const sought = new Map([
    ["CustomID", formsOf(CUSTOM_ID)],
    ["BioPassID", formsOf(bioPassId)],
  ]);
  const request = await ask();
  // Statistics keep samples of values: they are made while the person is there.
  await database.sql`analyze`;
  const before = await tracesInTables(postgres, sought);
  expect(placesOf(before.traces)).toEqual(["public.data_requests", "public.people"]);
  const history = await countHistory();

  await takeAway(request);
  await gateway.stop();
  writeFileSync(join(folder, "gateway.log"), log);
  expect(log.length, "the gateway has written a log").toBeGreaterThan(500);
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
