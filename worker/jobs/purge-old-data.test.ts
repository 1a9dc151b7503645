import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase } from "#db/client.ts";
import { type FreshDatabase, freshDatabase } from "#db/testing/fresh-database.ts";
import { issueTesters } from "#lib/campaigns/issue-testers.ts";
import { MEMBER, makeCampaign, OPENED, ORIGIN } from "#lib/campaigns/testing/make-campaign.ts";
import { newId } from "#lib/ids.ts";
import { log } from "#lib/log.ts";
import { recountRollups } from "#lib/recording/recount-rollups.ts";
import { sampleClosing, sampleLogin } from "#lib/recording/testing/sample-events.ts";
import { TIERS } from "#lib/recording/tiers.ts";
import { writeEvents } from "#lib/recording/write-events.ts";
import { putRetention } from "#lib/retention/put-retention.ts";
import { DEFAULT_RETENTION_VALUES } from "#lib/retention/schema.ts";
import { purgeOldDataJob } from "./purge-old-data.ts";

const NOW = new Date("2026-06-15T12:00:00.000Z");
/** January is past 90 days on 1 May, March on 29 June. */
const JANUARY = new Date("2026-01-20T10:00:00.000Z");
const FEBRUARY = new Date("2026-02-20T10:00:00.000Z");
const MARCH = new Date("2026-03-01T00:00:00.000Z");
const system = { id: null, role: "system" } as const;

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase(6);
  await database.sql`select make_event_partitions('2026-01-01', '2026-07-01')`;
  for (const at of [JANUARY, FEBRUARY, MARCH]) {
    const login = sampleLogin(at);
    await writeEvents(database.sql, { opened: [login], closed: [sampleClosing(login, at)] });
    await database.sql`insert into login_reports (id, login_id, application_id, kind, at)
      values (${newId()}, ${login.id}, ${login.applicationId}, 'false_accept', ${NOW.toISOString()})`;
  }
});
afterAll(() => database.drop());

const run = (now: Date) =>
  purgeOldDataJob.run({ database, clock: () => now, log, signal: new AbortController().signal });
const monthsKept = async () => {
  const rows = await database.sql<{ month: string }[]>`
    select to_char(opened_at, 'YYYY-MM') as month from logins order by 1`;
  return rows.map(({ month }) => month);
};
const countsKept = async (tier: number) =>
  (await database.sql`select starts_at from login_rollups where tier = ${tier}`).length;
const reportsKept = async () => (await database.sql`select id from login_reports`).length;

test("with the usual times nothing of these months goes", async () => {
  await run(NOW);
  expect(await monthsKept()).toEqual(["2026-01", "2026-02", "2026-03"]);
});

test("a shorter time deletes nothing for a day, then whole months and what was reported about their logins", async () => {
  const values = { ...DEFAULT_RETENTION_VALUES, historyDays: 90 };
  await putRetention(database.db, { values, basedOnVersion: 0, reason: "sample" }, system, NOW);
  await run(new Date(NOW.getTime() + 23 * 3_600_000));
  expect(await monthsKept()).toHaveLength(3);
  await run(new Date(NOW.getTime() + 25 * 3_600_000));
  expect(await monthsKept()).toEqual(["2026-03"]);
  expect(await reportsKept()).toBe(1);
  expect([await countsKept(TIERS.minute), await countsKept(TIERS.hour), await countsKept(TIERS.day)]).toEqual(
    [0, 3, 3],
  );
  for await (const { differences } of recountRollups(database.sql, { now: NOW }))
    expect(differences).toEqual([]);
  const audited = await database.sql`
    select entity_id as month, details->'historyDays' as days from audit_entries
    where action = 'history.purge' order by 1`;
  expect(audited).toEqual([
    { month: "2026-01", days: 90 },
    { month: "2026-02", days: 90 },
  ]);
});

test("a dropped month is not made again, and the months after it are", async () => {
  const [row] = await database.sql`select make_event_partitions('2026-01-01', '2026-08-01') as made`;
  expect(row).toEqual({ made: 3 });
  await expect(writeEvents(database.sql, { opened: [sampleLogin(FEBRUARY)] })).rejects.toThrow(
    /no partition/,
  );
});

test("a month that is in use is left for the next turn, and logins wait no longer than a moment for it", async () => {
  const later = new Date("2026-06-30T12:00:00.000Z");
  const reader = openDatabase(database.url, { applicationName: "gatehouse-test-reader", connections: 1 });
  await reader.sql.begin(async (tx) => {
    await tx`select count(*) from logins where opened_at < '2026-04-01'`;
    const turn = run(later);
    turn.catch(() => undefined);
    const startedAt = performance.now();
    await writeEvents(database.sql, { opened: [sampleLogin(NOW)] });
    expect(performance.now() - startedAt).toBeLessThan(800);
    await expect(turn).rejects.toMatchObject({ cause: { code: "55P03" } });
  });
  await reader.close();
  expect(await monthsKept()).toEqual(["2026-03", "2026-06"]);
  await run(later);
  expect(await monthsKept()).toEqual(["2026-06"]);
});

test("counts go when they are past, hour by hour", async () => {
  const hour = (at: string) => database.sql`
    insert into latency_rollups (tier, starts_at, source, bucket, count) values (1, ${at}, 'gateway', 3, 1)`;
  await hour("2021-06-14T11:00:00Z");
  await hour("2021-06-16T12:00:00Z");
  await run(NOW);
  expect(await database.sql`select starts_at::text from latency_rollups`).toEqual([
    { starts_at: "2021-06-16 12:00:00+00" },
  ]);
});

test("of a stage that ended long ago go who was counted and what was said but not followed; an open one keeps all", async () => {
  const { sql } = database;
  const [rollout, old, open, followed] = [newId(), newId(), newId(), newId()] as const;
  const began = JANUARY.toISOString();
  await sql`insert into rollouts (id, flag, build, state, created_by, created_at, started_at)
    values (${rollout}, 'purged', '1', 'running', ${newId()}, ${began}, ${began})`;
  for (const [id, endedAt] of [
    [old, began],
    [open, null],
  ] as const) {
    await sql`insert into rollout_stages (id, rollout_id, place, exposure_percent, intent_version, began_at, ended_at, ended_as)
      values (${id}, ${rollout}, 0, 0, 1, ${began}, ${endedAt}, ${endedAt && "advanced"})`;
    await sql`insert into rollout_subjects (stage_id, person_id, arm, opened_at)
      values (${id}, ${newId()}, 'legacy', ${began})`;
    for (const verdictId of [newId(), ...(id === old ? [followed] : [])])
      await sql`insert into rollout_verdicts (id, stage_id, at, decision, reason, rule_version, inputs, verdict)
        values (${verdictId}, ${id}, ${began}, 'advance', 'proven', 1, '{}', '{}')`;
  }
  await sql`insert into rollout_changes (id, rollout_id, kind, state, difference, at, verdict_id)
    values (${newId()}, ${rollout}, 'advance', 'confirmed', '{}', ${began}, ${followed})`;
  await run(new Date("2040-01-01T00:00:00.000Z"));
  expect(await sql`select stage_id as id from rollout_subjects`).toEqual([{ id: open }]);
  const kept = await sql`select id, stage_id as "stageId" from rollout_verdicts order by stage_id, id`;
  expect(kept).toHaveLength(2);
  expect(kept).toContainEqual({ id: followed, stageId: old });
});

test("a campaign goes as a whole with the history, once the API has confirmed that its testers are gone", async () => {
  const campaignId = await makeCampaign(database.db);
  const issued = await issueTesters(
    database.db,
    { campaignId, count: 1 },
    { origin: ORIGIN },
    MEMBER,
    OPENED,
  );
  const [tester] = issued.ok ? issued.testers : [];
  await database.sql`insert into campaign_enrolments (custom_id, tester_id, modality, asked_at)
    values ('gatehouse-tester-a', ${tester?.id ?? ""}, 'face', ${OPENED.toISOString()})`;
  const long = new Date(OPENED.getTime() + (90 + 15) * 24 * 3_600_000);
  const kept = async () => (await database.sql`select id from campaigns`).length;
  await run(long);
  expect(await kept()).toBe(1);
  await database.sql`update campaign_enrolments set gone_at = asked_at`;
  await run(new Date(OPENED.getTime() + 90 * 24 * 3_600_000));
  expect(await kept()).toBe(1);
  await run(long);
  expect(await kept()).toBe(0);
  expect(await database.sql`select id from campaign_testers union select id from campaign_devices`).toEqual(
    [],
  );
});
