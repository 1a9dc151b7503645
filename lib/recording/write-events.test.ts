import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type FreshDatabase, freshDatabase } from "#db/testing/fresh-database.ts";
import { newId } from "#lib/ids.ts";
import { findRollupDifferences } from "./queries.ts";
import { sampleClosing, sampleLogin, sampleVerification } from "./testing/sample-events.ts";
import type { EventBatch, LoginOpened } from "./types.ts";
import { writeEvents } from "./write-events.ts";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase(8);
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.sql`truncate logins, verifications, login_outcomes, login_states, people,
    verification_rollups, login_rollups, latency_rollups`;
});

/** The start of a minute, so that what happens in its 60 seconds falls into one rollup row. */
const base = Math.floor(Date.now() / 60_000) * 60_000 - 180_000;
const at = (seconds: number) => new Date(base + seconds * 1000);

async function addPerson(customId = newId()): Promise<string> {
  const id = newId();
  await database.sql`
    insert into people (id, custom_id, custom_id_folded, status, legal_basis, bucket, created_at)
    values (${id}, ${customId}, ${customId}, 'enrolled', 'lgpd_11_i_consent', 1, ${at(-100).toISOString()})`;
  return id;
}

type PersonRow = {
  failures: number;
  paused: number | null;
  confirmed: number | null;
  last_login: number | null;
  last_login_outcome: string | null;
};

/** Times are seconds after the base. */
async function readPerson(id: string): Promise<PersonRow | undefined> {
  const since = (column: string) => `round(extract(epoch from ${column} - $2::text::timestamptz), 3)::float8`;
  const [row] = await database.sql.unsafe<PersonRow[]>(
    `select failures_in_a_row as failures, ${since("paused_until")} as paused, last_login_outcome,
      ${since("confirmed_at")} as confirmed, ${since("last_login_at")} as last_login from people where id = $1`,
    [id, new Date(base).toISOString()],
  );
  return row;
}

const counts = async () => {
  const [row] = await database.sql`select (select count(*)::int from logins) as logins,
    (select count(*)::int from verifications) as verifications, (select count(*)::int from login_outcomes) as outcomes`;
  return row;
};

const failed = (login: LoginOpened, seconds: number, fields = {}) =>
  sampleVerification(login, at(seconds), {
    outcome: "not_matched",
    reason: "different_person",
    decision: "retry_capture",
    ...fields,
  });
const matched = (login: LoginOpened, seconds: number, fields = {}) =>
  sampleVerification(login, at(seconds), fields);

function wholeLogin(seconds: number, fields: Partial<LoginOpened> = {}): EventBatch {
  const login = sampleLogin(at(seconds), fields);
  return {
    opened: [login],
    verifications: [failed(login, seconds + 1), matched(login, seconds + 2, { attempt: 2 })],
    closed: [sampleClosing(login, at(seconds + 2), { attempts: 2 })],
  };
}

describe("recording", () => {
  it("the same batch twice records it once", async () => {
    const batch = wholeLogin(0);
    expect(await writeEvents(database.sql, batch)).toEqual({ opened: 1, verifications: 2, closed: 1 });
    expect(await writeEvents(database.sql, batch)).toEqual({ opened: 0, verifications: 0, closed: 0 });
    expect(await counts()).toEqual({ logins: 1, verifications: 2, outcomes: 1 });
    expect(await findRollupDifferences(database.sql)).toEqual([]);
  });

  it("keeps where the time of a try went, and knows nothing of it for a line from before it was measured", async () => {
    const login = sampleLogin(at(0));
    const times = {
      decidedMs: 3,
      qualityMs: null,
      livenessMs: 0,
      verifyMs: 604,
      diagnosisMs: null,
      judgedMs: 655,
    };
    const timed = matched(login, 1, { ...times, failuresBefore: 2, feedbackLocale: "pt-BR" });
    const before = matched(login, 2, { attempt: 2 });
    await writeEvents(database.sql, { opened: [login], verifications: [timed, before] });
    const rows = await database.sql`select decided_ms as "decidedMs", quality_ms as "qualityMs",
      liveness_ms as "livenessMs", verify_ms as "verifyMs", diagnosis_ms as "diagnosisMs", judged_ms as "judgedMs",
      failures_before as "failuresBefore", feedback_locale as "feedbackLocale" from verifications order by at`;
    expect(rows[0]).toEqual({ ...times, failuresBefore: 2, feedbackLocale: "pt-BR" });
    expect(Object.values(rows[1] ?? {})).toEqual(Array(8).fill(null));
  });

  it("an event given twice in one batch counts once", async () => {
    const { opened = [], verifications = [], closed = [] } = wholeLogin(0);
    await writeEvents(database.sql, {
      opened: [...opened, ...opened],
      verifications: [...verifications, ...verifications],
      closed: [...closed, ...closed],
    });
    expect(await counts()).toEqual({ logins: 1, verifications: 2, outcomes: 1 });
    expect(await findRollupDifferences(database.sql)).toEqual([]);
  });

  it("overlapping batches count what each of them added", async () => {
    const [first, second, third] = [wholeLogin(0), wholeLogin(3), wholeLogin(70)];
    await writeEvents(database.sql, merge([first, second]));
    await writeEvents(database.sql, merge([second, third]));
    expect(await counts()).toEqual({ logins: 3, verifications: 6, outcomes: 3 });
    expect(await findRollupDifferences(database.sql)).toEqual([]);
    const [rollup] = await database.sql`select sum(count)::int as closed from login_rollups where tier = 0`;
    expect(rollup).toEqual({ closed: 3 });
  });

  it("a changed rollup is found by the recount", async () => {
    await writeEvents(database.sql, wholeLogin(0));
    await database.sql`update login_rollups set count = count + 1`;
    await database.sql`delete from latency_rollups`;
    const differences = await findRollupDifferences(database.sql);
    const told = differences.map(({ rollup, key, recounted, stored }) => [
      rollup,
      key.tier,
      recounted,
      stored,
    ]);
    const sums = (count: number) => ({ count, locked_out: 0, captured: 1 });
    expect(told.sort()).toEqual([
      ...[0, 1, 2].map((tier) => ["latency_rollups", tier, { count: 2 }, null]),
      ...[0, 1, 2].map((tier) => ["login_rollups", tier, sums(1), sums(2)]),
    ]);
  });

  it("the first outcome of a login wins, and only it is counted", async () => {
    const login = sampleLogin(at(0));
    await writeEvents(database.sql, { opened: [login], closed: [sampleClosing(login, at(1))] });
    const late = sampleClosing(login, at(5), { outcome: "abandoned", fallbackReason: "not_finished" });
    expect((await writeEvents(database.sql, { closed: [late] })).closed).toBe(0);
    expect(
      await database.sql`
      select outcome, count::int from login_rollups join login_cells on id = cell where tier = 2`,
    ).toEqual([{ outcome: "completed_biometric", count: 1 }]);
  });

  it("of two outcomes in one batch the earlier is kept", async () => {
    const login = sampleLogin(at(0));
    const early = sampleClosing(login, at(1), { outcome: "rejected" });
    await writeEvents(database.sql, { opened: [login], closed: [sampleClosing(login, at(2)), early] });
    expect(await database.sql`select outcome from login_outcomes`).toEqual([{ outcome: "rejected" }]);
  });
});

describe("the working row of a login", () => {
  const state = async (login: LoginOpened) => {
    const [row] = await database.sql`select attempts_used, attempts_allowed, closed_at is not null as closed
      from login_states where id = ${login.id}`;
    return row;
  };

  it("opens, follows the tries and closes", async () => {
    const login = sampleLogin(at(0));
    await writeEvents(database.sql, { opened: [login] });
    expect(await state(login)).toEqual({ attempts_used: 0, attempts_allowed: 3, closed: false });
    await writeEvents(database.sql, { verifications: [failed(login, 1, { attempt: 2 })] });
    expect(await state(login)).toMatchObject({ attempts_used: 2, closed: false });
    await writeEvents(database.sql, { closed: [sampleClosing(login, at(2))] });
    expect(await state(login)).toMatchObject({ attempts_used: 2, closed: true });
  });

  it("never gives back a try that another gateway has counted", async () => {
    const login = sampleLogin(at(0), { attemptsUsed: 3 });
    await writeEvents(database.sql, { opened: [login] });
    await writeEvents(database.sql, { verifications: [failed(login, 1, { attempt: 1 })] });
    expect(await state(login)).toMatchObject({ attempts_used: 3 });
  });

  it.each([
    ["together with the opening", true],
    ["after it", false],
  ])("has no tries left once one of them ended the biometric path, recorded %s", async (_, together) => {
    const login = sampleLogin(at(0));
    const spoof = failed(login, 1, { outcome: "spoof_suspected", attempt: 1, triesUsed: 3 });
    if (!together) await writeEvents(database.sql, { opened: [login] });
    await writeEvents(database.sql, { opened: together ? [login] : [], verifications: [spoof] });
    expect(await state(login)).toEqual({ attempts_used: 3, attempts_allowed: 3, closed: false });
  });

  it("is closed at once when opening, try and outcome come together", async () => {
    const batch = wholeLogin(0);
    await writeEvents(database.sql, batch);
    for (const login of batch.opened ?? []) {
      expect(await state(login)).toEqual({ attempts_used: 2, attempts_allowed: 3, closed: true });
    }
  });

  it("is closed when the opening comes back from a journal after the outcome", async () => {
    const login = sampleLogin(at(0));
    await writeEvents(database.sql, { closed: [sampleClosing(login, at(2))] });
    await writeEvents(database.sql, { opened: [login] });
    expect(await state(login)).toMatchObject({ closed: true });
  });
});

describe("a person's row", () => {
  it("counts failed tries since the last match, not the API's own trouble, when one batch holds them all", async () => {
    const personId = await addPerson();
    const login = sampleLogin(at(0), { personId });
    await writeEvents(database.sql, {
      opened: [login],
      verifications: [
        failed(login, 5, { outcome: "spoof_suspected" }),
        failed(login, 1),
        matched(login, 2),
        failed(login, 3),
        failed(login, 4, { outcome: "capture_refused" }),
        failed(login, 6, { outcome: "api_error" }),
        failed(login, 7, { source: "console" }),
      ],
    });
    expect(await readPerson(personId)).toMatchObject({ failures: 3, confirmed: 2, paused: null });
  });

  it("adds up over batches and clears with a match", async () => {
    const personId = await addPerson();
    const login = sampleLogin(at(0), { personId });
    await writeEvents(database.sql, { opened: [login], verifications: [failed(login, 1), failed(login, 2)] });
    await writeEvents(database.sql, { verifications: [failed(login, 3)] });
    expect(await readPerson(personId)).toMatchObject({ failures: 3 });
    await writeEvents(database.sql, { verifications: [matched(login, 4)] });
    expect(await readPerson(personId)).toMatchObject({ failures: 0, confirmed: 4 });
  });

  it("is paused from the failure that reaches the limit, and freed by a match", async () => {
    const personId = await addPerson();
    const login = sampleLogin(at(0), { personId });
    const policy = { pauseAfterFailures: 3, pauseMinutes: 10 };
    await writeEvents(database.sql, { verifications: [failed(login, 1, policy), failed(login, 2, policy)] });
    expect(await readPerson(personId)).toMatchObject({ failures: 2, paused: null });
    await writeEvents(database.sql, { verifications: [failed(login, 3, policy)] });
    expect(await readPerson(personId)).toMatchObject({ failures: 3, paused: 3 + 600 });
    await writeEvents(database.sql, { verifications: [matched(login, 4)] });
    expect(await readPerson(personId)).toMatchObject({ failures: 0, paused: null });
  });

  it("is not charged again for failures recorded after a later match", async () => {
    const personId = await addPerson();
    const login = sampleLogin(at(0), { personId });
    await writeEvents(database.sql, { verifications: [matched(login, 5), failed(login, 6)] });
    await writeEvents(database.sql, { verifications: [failed(login, 1), failed(login, 2)] });
    expect(await readPerson(personId)).toMatchObject({ failures: 1 });
  });

  it("keeps the failures after a match that is itself recorded late", async () => {
    const personId = await addPerson();
    const login = sampleLogin(at(0), { personId });
    const known = [failed(login, 1), failed(login, 2), failed(login, 4), failed(login, 5)];
    await writeEvents(database.sql, { verifications: known });
    await writeEvents(database.sql, { verifications: [matched(login, 3)] });
    expect(await readPerson(personId)).toMatchObject({ failures: 2 });
  });

  it("shows the login that was opened last, whichever was recorded last", async () => {
    const personId = await addPerson();
    const [older, newer] = [sampleLogin(at(0), { personId }), sampleLogin(at(10), { personId })];
    await writeEvents(database.sql, { closed: [sampleClosing(newer, at(12))] });
    await writeEvents(database.sql, { closed: [sampleClosing(older, at(30), { outcome: "abandoned" })] });
    expect(await readPerson(personId)).toMatchObject({
      last_login: 10,
      last_login_outcome: "completed_biometric",
    });
  });

  it("is found by the exact CustomID where only that was known, and is null when there is none", async () => {
    const personId = await addPerson("Sample Person 1");
    const known = sampleLogin(at(0), { subject: { customId: "Sample Person 1" } });
    const unknown = sampleLogin(at(1), { subject: { customId: "sample person 1" } });
    await writeEvents(database.sql, {
      opened: [known, unknown],
      verifications: [failed(known, 1)],
      closed: [sampleClosing(known, at(2)), sampleClosing(unknown, at(2))],
    });
    expect(await database.sql`select person_id from logins order by id`).toEqual([
      { person_id: personId },
      { person_id: null },
    ]);
    expect(await readPerson(personId)).toMatchObject({ failures: 1, last_login: 0 });
  });
});

describe("many gateways at once", () => {
  it("never deadlock and count everything once, also where their batches overlap", async () => {
    const people = await Promise.all(Array.from({ length: 6 }, () => addPerson()));
    const batches = Array.from({ length: 40 }, (_, i) =>
      wholeLogin(i % 90, { personId: people[i % people.length] ?? null }),
    );
    const shuffled = (seed: number) =>
      batches
        .map((batch, i) => ({ batch, place: (i * 7919 + seed * 104_729) % 1009 }))
        .sort((a, b) => a.place - b.place)
        .map(({ batch }) => batch);
    const before = await deadlocks();
    await Promise.all(
      Array.from({ length: 24 }, (_, i) => writeEvents(database.sql, merge(shuffled(i).slice(0, 30)))),
    );
    await writeEvents(database.sql, merge(batches));
    expect(await counts()).toEqual({ logins: 40, verifications: 80, outcomes: 40 });
    expect(await findRollupDifferences(database.sql)).toEqual([]);
    expect(await deadlocks()).toBe(before);
  });

  it("count every failure of one person", async () => {
    const personId = await addPerson();
    const login = sampleLogin(at(0), { personId });
    await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        writeEvents(database.sql, { verifications: [failed(login, i + 1)] }),
      ),
    );
    expect(await readPerson(personId)).toMatchObject({ failures: 40 });
  });
});

async function deadlocks(): Promise<number> {
  const [row] = await database.sql<{ deadlocks: number }[]>`
    select deadlocks::int from pg_stat_database where datname = current_database()`;
  return row?.deadlocks ?? -1;
}

const merge = (batches: EventBatch[]): EventBatch => ({
  opened: batches.flatMap(({ opened = [] }) => opened),
  verifications: batches.flatMap(({ verifications = [] }) => verifications),
  closed: batches.flatMap(({ closed = [] }) => closed),
});
