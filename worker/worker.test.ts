import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type DatabaseProxy, startDatabaseProxy } from "#db/testing/database-proxy.ts";
import { type FreshDatabase, freshDatabase } from "#db/testing/fresh-database.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import { systemClock } from "#lib/clock.ts";
import { newId } from "#lib/ids.ts";
import { log } from "#lib/log.ts";
import { sweepTablesJob } from "./jobs/sweep-tables.ts";
import { type Job, type JobTools, runAlone, runJobs } from "./run-jobs.ts";

let database: FreshDatabase;
let tools: JobTools;
beforeAll(async () => {
  database = await freshDatabase(8);
  tools = { database, clock: systemClock, log, signal: new AbortController().signal };
});
const auditDir = mkdtempSync(join(tmpdir(), "gatehouse-worker-"));
afterAll(async () => {
  rmSync(auditDir, { recursive: true });
  await database.drop();
});

describe("a job", () => {
  it("runs on one worker at a time", async () => {
    let running = 0;
    let ran = 0;
    const job: Job = {
      name: "sample",
      everyMs: 1,
      async run() {
        running += 1;
        ran += 1;
        expect(running).toBe(1);
        await database.sql`select pg_sleep(0.2)`;
        running -= 1;
      },
    };
    const results = await Promise.all([1, 2, 3].map(() => runAlone(job, tools)));
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(ran).toBe(1);
    expect(await runAlone(job, tools)).toBe(true);
  });

  it("that fails is run again, and costs no other job its turn", async () => {
    const stop = new AbortController();
    let [failures, successes] = [0, 0];
    const bad: Job = {
      name: "bad",
      everyMs: 1,
      async run() {
        failures += 1;
        throw new Error("sample failure");
      },
    };
    const good: Job = {
      name: "good",
      everyMs: 1,
      async run() {
        successes += 1;
        if (failures > 2 && successes > 2) stop.abort();
      },
    };
    await runJobs([bad, good], { ...tools, signal: stop.signal });
    expect(failures).toBeGreaterThan(2);
    expect(successes).toBeGreaterThan(2);
  });
});

describe("a word on a job's channel", () => {
  it("begins its next turn at once and is told to it, also when it came in the middle of a turn", async () => {
    const stop = new AbortController();
    const turns: boolean[] = [];
    const job: Job = {
      name: "woken",
      everyMs: 60_000,
      wokenBy: "sample_channel",
      async run(_, wasWoken = false) {
        turns.push(wasWoken);
        if (turns.length === 2) await database.sql`select pg_notify('sample_channel', '')`;
        if (turns.length === 4) stop.abort();
      },
    };
    const ended = runJobs([job], { ...tools, signal: stop.signal });
    // The first word is the beginning of listening itself: what was said before it was not heard.
    await expect.poll(() => turns.length).toBe(3);
    await database.sql`select pg_notify('sample_channel', '')`;
    await ended;
    expect(turns.slice(1)).toEqual([true, true, true]);
  });
});

describe("sweeping", () => {
  it("deletes what has served its purpose and nothing younger", async () => {
    const { sql } = database;
    for (const [hours, name] of [
      [25, "old"],
      [23, "new"],
    ] as const) {
      await sql`insert into idempotency_keys (id, request_digest, created_at)
        values (${name}, 'sample', now() - ${hours}::integer * interval '1 hour')`;
      await sql`insert into sign_in_failures (id, subject, at)
        values (${newId()}, ${name}, now() - ${hours}::integer * interval '1 hour')`;
      await sql`insert into gateways (name, started_at, seen_at, flag_state, people_circuit, journal_lines)
        values (${name}, now(), now() - ${hours}::integer * interval '1 hour', 'sample', 'closed', 0)`;
      await sql`insert into login_states (id, opened_at, application_id, path, attempts_allowed, closed_at)
        values (${newId()}, now(), ${newId()}, 'legacy', 3, now() - ${hours}::integer * interval '1 hour')`;
    }
    await sweepTablesJob.run(tools);
    expect(await sql`select id from idempotency_keys`).toEqual([{ id: "new" }]);
    expect(await sql`select subject from sign_in_failures`).toEqual([{ subject: "new" }]);
    expect(await sql`select name from gateways`).toEqual([{ name: "new" }]);
    expect(await sql`select count(*)::int as states from login_states`).toEqual([{ states: 1 }]);
  });
});

describe("the worker's process", () => {
  const running: ChildProcess[] = [];
  let proxy: DatabaseProxy | undefined;
  afterEach(async () => {
    for (const child of running.splice(0)) child.kill("SIGKILL");
    await proxy?.close();
  });

  async function startWorker(url: string): Promise<{ child: ChildProcess; exited: Promise<unknown[]> }> {
    const child = fork(fileURLToPath(new URL("./main.ts", import.meta.url)), [], {
      execArgv: ["--import", "tsx"],
      env: {
        ...process.env,
        DATABASE_URL: url,
        GATEHOUSE_NOTIFICATION_SECRET: "5a".repeat(32),
        UNLEASH_URL: "http://127.0.0.1:9",
        UNLEASH_ADMIN_TOKEN: "*:*.nobody-listens-there",
        UNLEASH_ENVIRONMENT: "development",
        GATEHOUSE_AUDIT_SIGNING_KEY: "5a".repeat(32),
        GATEHOUSE_AUDIT_DIR: auditDir,
        GATEHOUSE_AUDIT_SECRET: "5a".repeat(32),
        GATEHOUSE_LEDGER_SECRET: "5a".repeat(32),
        GATEHOUSE_LEDGER_DIR: auditDir,
        MULTIBIOMETRICS_URL: "http://127.0.0.1:9",
        MULTIBIOMETRICS_API_KEY: "not-used",
        LOG_LEVEL: "silent",
      },
    });
    running.push(child);
    const exited = once(child, "exit");
    expect((await once(child, "message"))[0]).toBe("ready");
    return { child, exited };
  }
  const partitions = async () => {
    const [row] = await database.sql<{ tables: number }[]>`
      select count(*)::int as tables from pg_inherits where inhparent = 'logins'::regclass`;
    return row?.tables ?? 0;
  };

  it("makes partitions ahead and ends on SIGTERM", async () => {
    await database.sql.unsafe(`do $$ declare t text; begin
      for t in select inhrelid::regclass from pg_inherits where inhparent = 'logins'::regclass
      loop execute 'drop table ' || t; end loop; end $$`);
    const { child, exited } = await startWorker(database.url);
    await expect.poll(partitions, { timeout: 10_000 }).toBeGreaterThanOrEqual(2);
    child.kill("SIGTERM");
    expect(await exited).toEqual([0, null]);
  });

  it("seals and signs the audit log, at once when asked, and signs the rest when it ends", async () => {
    const act = () =>
      recordAudit(database.db, {
        action: "application.enable",
        actor: { id: null, role: "system" },
        at: new Date(),
        entity: { type: "application", id: newId() },
        details: { name: "App" },
      });
    const signed = async () => {
      const rows = await database.sql`select tree_size::int as size, cause from audit_checkpoints order by 1`;
      return rows.map(({ size, cause }) => [size, cause]);
    };
    await act();
    const { child, exited } = await startWorker(database.url);
    await expect.poll(signed, { timeout: 10_000 }).toHaveLength(1);
    await act();
    await database.sql`select pg_notify('audit_checkpoint', '')`;
    await expect.poll(signed, { timeout: 10_000 }).toHaveLength(2);
    await act();
    child.kill("SIGTERM");
    await exited;
    expect((await signed()).map(([size]) => size)).toEqual([1, 2, 3]);
    expect((await signed()).at(-1)).toEqual([3, "shutdown"]);
    expect(readFileSync(join(auditDir, "checkpoints.txt"), "utf8").match(/^— /gm)).toHaveLength(3);
  });

  it("starts and stays while PostgreSQL is away, and ends with the start command", async () => {
    proxy = await startDatabaseProxy(database.url);
    await proxy.cut();
    const { child, exited } = await startWorker(proxy.url);
    child.disconnect();
    expect(await exited).toEqual([0, null]);
  });
});
