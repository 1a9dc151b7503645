import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type DatabaseClient, openDatabase } from "#db/client.ts";
import { auditKeyOf } from "#lib/audit/seal-bytes.ts";
import { newId } from "#lib/ids.ts";
import { readLedger } from "#lib/ledger/queries.ts";
import { composePreview } from "#lib/requests/compose-preview.ts";
import { confirmIdentity } from "#lib/requests/confirm-identity.ts";
import { openRequest } from "#lib/requests/open-request.ts";
import { proposeDecision } from "#lib/requests/propose-decision.ts";
import { settleDecision } from "#lib/requests/settle-decision.ts";
import { type OwnPostgres, startOwnPostgres } from "./own-postgres.ts";

const PEOPLE = 1_000;
const KILLS = 12;
const SECRET = "5a".repeat(32);
const API_KEY = "0123456789abcdef0123456789abcdef";
const auditKey = auditKeyOf(SECRET);
const folder = mkdtempSync(join(tmpdir(), "gatehouse-killed-"));

let postgres: OwnPostgres;
let database: DatabaseClient;
beforeAll(async () => {
  postgres = await startOwnPostgres();
  database = openDatabase(postgres.url, { connections: 4, applicationName: "gatehouse-faults" });
});
afterAll(async () => {
  await database.close();
  await postgres.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** An API that holds people by name alone, and writes down every DELETE that reaches it. */
async function startApi(people: Set<string>) {
  const deletes: { customId: string; found: boolean }[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += String(chunk);
    });
    request.on("end", () => {
      const customId = String(JSON.parse(body).Person.CustomID);
      const found = people.delete(customId);
      deletes.push({ customId, found });
      // The act is done; a worker that is killed now never hears of it.
      setTimeout(() => {
        if (found) response.setHeader("content-type", "application/json");
        response.writeHead(found ? 200 : 400);
        response.end(found ? JSON.stringify({ Person: { CustomID: customId } }) : "Person not found");
      }, 20);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, deletes, close: () => new Promise<void>((resolve) => server.close(() => resolve())) };
}

const by = (role: "compliance_officer" | "administrator") => ({
  actor: { id: newId(), role },
  auditKey,
  timeZone: "America/Sao_Paulo",
});

async function approve(customId: string): Promise<void> {
  const { db } = database;
  const [officer, second] = [by("compliance_officer"), by("administrator")];
  const at = new Date();
  await database.sql`insert into people (id, custom_id, custom_id_folded, status, face_enrolled, legal_basis, bucket, created_at)
    values (${newId()}, ${customId}, ${customId}, 'enrolled', true, 'lgpd_11_i_consent', 1, now())`;
  const input = { customId, right: "erasure", channel: "email", receivedAt: at } as const;
  const opener = { actor: officer.actor, applicationId: null };
  const opened = await openRequest(db, { ...input, regimes: ["lgpd"] }, opener, officer, at);
  if (!opened.ok) throw new Error(opened.code);
  const { requestId } = opened;
  await confirmIdentity(db, { requestId, version: 1, method: "known_contact" }, officer, at);
  const { digest } = await composePreview(db, { ...input, regimes: ["lgpd"] }, { customId, key: auditKey });
  const proposal = { assessment: "consent-based", previewDigest: digest, denialGround: null };
  const proposed = await proposeDecision(db, { requestId, version: 2, ...proposal }, officer, at);
  if (!proposed.ok) throw new Error(proposed.code);
  const approval = { requestId, version: 3, previewDigest: digest, delayHours: 0, isSingleControl: false };
  const granted = await settleDecision(db, approval, second, at);
  if (!granted.ok) throw new Error(granted.code);
}

function startWorker(apiUrl: string, name: string): ChildProcess {
  const worker = fork(fileURLToPath(new URL("../../worker/main.ts", import.meta.url)), [], {
    execArgv: ["--import", "tsx"],
    env: {
      ...process.env,
      DATABASE_URL: postgres.url,
      MULTIBIOMETRICS_URL: apiUrl,
      MULTIBIOMETRICS_API_KEY: API_KEY,
      MULTIBIOMETRICS_QUALITY_API_KEY: API_KEY,
      GATEHOUSE_NOTIFICATION_SECRET: SECRET,
      UNLEASH_URL: "http://127.0.0.1:9",
      UNLEASH_ADMIN_TOKEN: "*:*.nobody-listens-there",
      UNLEASH_ENVIRONMENT: "development",
      GATEHOUSE_AUDIT_SIGNING_KEY: SECRET,
      GATEHOUSE_AUDIT_SECRET: SECRET,
      GATEHOUSE_AUDIT_DIR: join(folder, name, "audit"),
      GATEHOUSE_LEDGER_SECRET: SECRET,
      GATEHOUSE_LEDGER_DIR: join(folder, name, "ledger"),
      GATEHOUSE_ERASURES_PER_MINUTE: "6000",
      LOG_LEVEL: "silent",
    },
  });
  return worker;
}

async function killed(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  const exited = once(worker, "exit");
  worker.kill("SIGKILL");
  await exited;
}

/** On a connection of its own: one that the killed server took along can throw where nobody catches it. */
async function countDone(): Promise<number> {
  const client = openDatabase(postgres.url, { connections: 1, applicationName: "gatehouse-faults" });
  try {
    const [row] = await client.sql<{ done: number }[]>`
      select count(*)::integer as done from data_requests where state = 'completed'`;
    return row?.done ?? 0;
  } finally {
    await client.close();
  }
}

test("a thousand erasures on two workers that are killed again and again, and a database that is killed too, come to their end", async () => {
  const names = Array.from({ length: PEOPLE }, (_, i) => `person-${i}-of-a-thousand`);
  const api = await startApi(new Set(names));
  for (const name of names) await approve(name);
  await database.close();
  const startedAt = performance.now();
  const workers = [startWorker(api.url, "one"), startWorker(api.url, "other")];
  const doneAtKill: number[] = [];
  for (let kill = 0; kill < KILLS; kill += 1) {
    // The load itself is what is waited for: a random moment of it.
    await delay(2_500 + Math.random() * 2_000);
    const which = kill % 2;
    const worker = workers[which];
    if (worker) await killed(worker);
    if (kill % 4 === 3) {
      await postgres.kill();
      await delay(500);
      await postgres.start();
    }
    workers[which] = startWorker(api.url, which === 0 ? "one" : "other");
    doneAtKill.push(await countDone());
  }
  await expect.poll(countDone, { timeout: 480_000, interval: 1_000 }).toBe(PEOPLE);
  const ms = performance.now() - startedAt;
  await Promise.all(workers.map(killed));
  await api.close();
  database = openDatabase(postgres.url, { connections: 1, applicationName: "gatehouse-faults" });

  const [{ attempts = 0, intents = 0, doubled = 0, cut = 0 } = {}] = await database.sql<
    { attempts: number; intents: number; doubled: number; cut: number }[]
  >`select (select count(*)::integer from request_attempts) as attempts,
      (select count(*)::integer from audit_entries where action = 'request.attempt') as intents,
      (select count(*)::integer from request_attempts where code = 'cut_off') as cut,
      (select count(*)::integer from (select request_id from request_attempts
        where kind = 'delete' and state <> 'refused' group by request_id having count(*) > 1) twice) as doubled`;
  const receipts = (await database.sql`select request_id from request_receipts`).length;
  const erased = new Set<string>();
  for await (const { kind, ref } of readLedger(folder, SECRET, () => undefined))
    if (kind === "erasure") erased.add(ref);
  process.stdout.write(
    `  workers killed: people ${PEOPLE}, kills ${KILLS} and of PostgreSQL ${KILLS / 4}, done at each kill ${doneAtKill.join(" ")}, ` +
      `${(ms / 1000).toFixed(0)} s; DELETEs seen ${api.deletes.length}, acts ${attempts}, cut off ${cut}, receipts ${receipts}\n`,
  );
  expect(doneAtKill[2]).toBeGreaterThan(0);
  expect(api.deletes.filter(({ found }) => found)).toHaveLength(PEOPLE);
  expect(api.deletes.length).toBeLessThanOrEqual(attempts);
  expect({ doubled, intents, receipts, ledger: erased.size }).toEqual({
    doubled: 0,
    intents: attempts,
    receipts: PEOPLE,
    ledger: PEOPLE,
  });
  expect(await database.sql`select 1 from people`).toHaveLength(0);
}, 900_000);
