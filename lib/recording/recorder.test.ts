import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type DatabaseProxy, startDatabaseProxy } from "#db/testing/database-proxy.ts";
import { type FreshDatabase, freshDatabase } from "#db/testing/fresh-database.ts";
import { systemClock } from "#lib/clock.ts";
import { newId } from "#lib/ids.ts";
import { log } from "#lib/log.ts";
import { encodeEvents, toLine } from "./encode-events.ts";
import { Journal } from "./journal.ts";
import { findRollupDifferences } from "./queries.ts";
import { createRecorder } from "./recorder.ts";
import { sampleClosing, sampleLogin, sampleVerification } from "./testing/sample-events.ts";
import type { EventBatch, Recorder, RecorderOptions } from "./types.ts";

const BUDGET_MS = 300;
const key = randomBytes(32);
let database: FreshDatabase;
let proxy: DatabaseProxy;
let dir: string;
let recorders: Recorder[] = [];

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), "recorder-"));
  proxy = await startDatabaseProxy(database.url);
  await database.sql`truncate logins, verifications, login_outcomes, login_states, people, expired_events,
    verification_rollups, login_rollups, latency_rollups`;
});
afterEach(async () => {
  await proxy.mend();
  await Promise.all(recorders.map((recorder) => recorder.close()));
  recorders = [];
  await proxy.close();
  rmSync(dir, { recursive: true, force: true });
});

function start(options: Partial<RecorderOptions> = {}): Recorder {
  const recorder = createRecorder({
    databaseUrl: proxy.url,
    journalDir: dir,
    journalKey: key,
    clock: systemClock,
    log,
    budgetMs: BUDGET_MS,
    probeEveryMs: 50,
    ...options,
  });
  recorders.push(recorder);
  return recorder;
}

function aLogin(subject?: { customId: string }): EventBatch & { id: string } {
  const now = new Date();
  const login = sampleLogin(now, subject ? { subject } : {});
  return {
    id: login.id,
    opened: [login],
    verifications: [sampleVerification(login, now)],
    closed: [sampleClosing(login, now)],
  };
}

const storedLogins = async () =>
  (await database.sql<{ id: string }[]>`select id from logins order by id`).map(({ id }) => id);

async function becomesWhole(ids: string[]): Promise<void> {
  await expect.poll(storedLogins, { timeout: 10_000 }).toEqual([...ids].sort());
  expect(await findRollupDifferences(database.sql)).toEqual([]);
}

/** Puts lines where a process that ended left them. */
async function leaveInJournal(texts: string[], journalKey: Uint8Array = key): Promise<void> {
  const journal = new Journal({ dir, key: journalKey, log });
  await journal.append(texts);
  await journal.close();
}

const keptAside = () =>
  readdirSync(join(dir, "rejected")).map((name) => readFileSync(join(dir, "rejected", name), "utf8"));

describe("with the database there, record", () => {
  it("resolves when the events are committed, many callers together", async () => {
    // Two statements of so many take a slow machine longer than one login may wait.
    const recorder = start({ budgetMs: 10 * BUDGET_MS });
    const logins = Array.from({ length: 500 }, () => aLogin());
    const results = await Promise.all(logins.map((login) => recorder.record(login)));
    expect(new Set(results.map(({ durable }) => durable))).toEqual(new Set(["database"]));
    expect(await storedLogins()).toEqual(logins.map(({ id }) => id).sort());
    expect(recorder.journalLines()).toBe(0);
  });

  it("refuses only the call whose events the database can never take, and keeps them aside", async () => {
    // Finding it out takes several statements.
    const recorder = start({ budgetMs: 10 * BUDGET_MS });
    const bad = aLogin();
    const [login] = bad.opened ?? [];
    if (login) login.exposurePercent = 1_000_000;
    const logins = Array.from({ length: 20 }, () => aLogin());
    const results = await Promise.allSettled([...logins, bad].map((batch) => recorder.record(batch)));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(20);
    expect(results.at(-1)).toMatchObject({ status: "rejected", reason: { code: "events_refused" } });
    await becomesWhole(logins.map(({ id }) => id));
    expect(keptAside()).toHaveLength(1);
    expect(keptAside().join("")).not.toContain(bad.id);
  });

  it("makes the partition of a month that has none", async () => {
    const recorder = start();
    const at = new Date(Date.now() - 200 * 86_400_000);
    const login = sampleLogin(at);
    await recorder.record({ opened: [login] });
    expect(await storedLogins()).toEqual([login.id]);
  });

  it("refuses everything once it is closed", async () => {
    const recorder = start();
    await recorder.close();
    await expect(recorder.record(aLogin())).rejects.toMatchObject({ code: "closed" });
  });
});

describe("with the database away, record", () => {
  it("resolves from the journal, and the journal is replayed when the database is back", async () => {
    const recorder = start();
    const logins = [aLogin(), aLogin(), aLogin()];
    await recorder.record(logins[0] ?? {});
    await proxy.cut();
    expect(await recorder.record(logins[1] ?? {})).toEqual({ durable: "journal" });
    expect(recorder.state()).toBe("journal");
    expect(await recorder.record(logins[2] ?? {})).toEqual({ durable: "journal" });
    expect(recorder.journalLines()).toBe(2);
    await proxy.mend();
    await becomesWhole(logins.map(({ id }) => id));
    await expect.poll(() => [recorder.journalLines(), recorder.state()]).toEqual([0, "database"]);
  });

  it("costs at most one time budget, once, and nothing after that", async () => {
    const recorder = start();
    await recorder.record(aLogin());
    proxy.silence();
    const startedAt = performance.now();
    expect(await recorder.record(aLogin())).toEqual({ durable: "journal" });
    const firstMs = performance.now() - startedAt;
    for (let i = 0; i < 20; i += 1) await recorder.record(aLogin());
    const nextMs = (performance.now() - startedAt - firstMs) / 20;
    expect(firstMs).toBeLessThan(BUDGET_MS * 3);
    expect(nextMs).toBeLessThan(BUDGET_MS / 3);
  });

  it("counts once what was committed without an answer", async () => {
    // Long enough to commit on a busy machine: a statement that is given up is undone.
    const recorder = start({ budgetMs: 4 * BUDGET_MS });
    await recorder.record(aLogin());
    await database.sql`truncate logins, verifications, login_outcomes, verification_rollups, login_rollups,
      latency_rollups`;
    const login = aLogin();
    proxy.swallowAnswers();
    expect(await recorder.record(login)).toEqual({ durable: "journal" });
    await expect.poll(storedLogins).toEqual([login.id]);
    expect(recorder.journalLines()).toBe(1);
    await proxy.mend();
    await expect.poll(() => recorder.journalLines()).toBe(0);
    await becomesWhole([login.id]);
  });

  it("finds the person by CustomID at the replay, and the CustomID stays nowhere", async () => {
    const personId = newId();
    await database.sql`insert into people (id, custom_id, custom_id_folded, status, legal_basis, bucket, created_at)
      values (${personId}, 'Sample-77', 'sample-77', 'enrolled', 'lgpd_11_i_consent', 1, now())`;
    await proxy.cut();
    const recorder = start();
    const login = aLogin({ customId: "Sample-77" });
    expect(await recorder.record(login)).toEqual({ durable: "journal" });
    const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    expect(files).toHaveLength(1);
    for (const { parentPath, name } of files) {
      expect(readFileSync(join(parentPath, name), "utf8")).not.toContain("Sample-77");
    }
    await proxy.mend();
    await becomesWhole([login.id]);
    expect(await database.sql`select person_id from login_outcomes`).toEqual([{ person_id: personId }]);
  });

  it("rejects with journal_unavailable when the journal cannot be written either", async () => {
    await proxy.cut();
    const notAFolder = join(dir, "file");
    writeFileSync(notAFolder, "");
    const recorder = start({ journalDir: join(notAFolder, "journal") });
    await expect(recorder.record(aLogin())).rejects.toMatchObject({ code: "journal_unavailable" });
    await proxy.mend();
    await expect.poll(() => recorder.state()).toBe("database");
    expect(await recorder.record(aLogin())).toEqual({ durable: "database" });
  });

  it("keeps what it has for the next start when it is closed meanwhile", async () => {
    await proxy.cut();
    const logins = Array.from({ length: 5 }, () => aLogin());
    const first = start();
    await Promise.all(logins.map((login) => first.record(login)));
    await first.close();
    await proxy.mend();
    const second = start();
    await becomesWhole(logins.map(({ id }) => id));
    await expect.poll(() => second.journalLines()).toBe(0);
  });
});

describe("the replay", () => {
  it("puts a poison line and an unreadable line aside, and brings in all others", async () => {
    const [before, bad, after] = [aLogin(), aLogin(), aLogin()];
    const poison = toLine(encodeEvents(bad)).replace('"exposurePercent":100', '"exposurePercent":1000000');
    await leaveInJournal([toLine(encodeEvents(before)), poison, toLine(encodeEvents(after)), "not events"]);
    await leaveInJournal(["written with another key"], randomBytes(32));
    const recorder = start();
    await becomesWhole([before.id, after.id]);
    await expect.poll(() => recorder.journalLines()).toBe(0);
    const lines = keptAside().flatMap((content) => content.trimEnd().split("\n"));
    expect(lines).toHaveLength(3);
  });

  it("counts what is older than the retention as expired, once, and goes on", async () => {
    const old = sampleLogin(new Date(Date.now() - 31 * 86_400_000));
    const batch = { opened: [old], closed: [sampleClosing(old, old.openedAt)] };
    const fresh = aLogin();
    const lines = [toLine(encodeEvents(batch)), toLine(encodeEvents(fresh))];
    await leaveInJournal(lines);
    await leaveInJournal(lines);
    const recorder = start({ retentionDays: () => 30 });
    await becomesWhole([fresh.id]);
    await expect.poll(() => recorder.journalLines()).toBe(0);
    expect(await database.sql`select id, kind from expired_events order by kind`).toEqual([
      { id: old.id, kind: "closed" },
      { id: old.id, kind: "opened" },
    ]);
  });

  it("never makes a month again that was dropped: what comes back for it is counted as expired", async () => {
    const old = sampleLogin(new Date(Date.now() - 62 * 86_400_000));
    const fresh = aLogin();
    const month = `${old.openedAt.toISOString().slice(0, 7)}-01`;
    await database.sql`select drop_event_partitions(${month})`;
    await leaveInJournal([toLine(encodeEvents({ opened: [old] })), toLine(encodeEvents(fresh))]);
    const recorder = start();
    await becomesWhole([fresh.id]);
    await expect.poll(() => recorder.journalLines()).toBe(0);
    expect(await database.sql`select kind from expired_events where id = ${old.id}`).toEqual([
      { kind: "opened" },
    ]);
    const [made] = await database.sql`select make_event_partitions(${month}, ${month}) as count`;
    expect(made).toEqual({ count: 0 });
  });

  it("of more lines than one statement takes brings in every line", async () => {
    const logins = Array.from({ length: 450 }, () => aLogin());
    await leaveInJournal(logins.map((login) => toLine(encodeEvents(login))));
    start();
    await becomesWhole(logins.map(({ id }) => id));
  });

  it("of several recorders on one folder records everything once", async () => {
    const logins = Array.from({ length: 300 }, () => aLogin());
    for (let i = 0; i < 6; i += 1) {
      await leaveInJournal(logins.slice(i * 50, i * 50 + 50).map((login) => toLine(encodeEvents(login))));
    }
    const together = [start(), start(), start()];
    await becomesWhole(logins.map(({ id }) => id));
    await expect.poll(() => together.map((recorder) => recorder.journalLines())).toEqual([0, 0, 0]);
  });
});
