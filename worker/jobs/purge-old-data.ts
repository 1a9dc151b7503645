import type { Sql } from "postgres";
import { ROLLUPS } from "#lib/recording/rollup-statement.ts";
import { MINUTES_KEPT_DAYS, TIERS, type Tier, tierTable } from "#lib/recording/tiers.ts";
import { purgeHistory } from "#lib/retention/purge-history.ts";
import { findObeyedRetention } from "#lib/retention/queries.ts";
import { cutoffOf } from "#lib/retention/rules.ts";
import type { Job } from "../run-jobs.ts";
import { sweepRows } from "../sweep-rows.ts";

/** Of a rollout that is over: who was counted in its stages, which only an open one needs, and what was said but not done. */
const OF_OLD_STAGES = "stage_id in (select id from rollout_stages where ended_at < $1::text::timestamptz)";
const NOT_FOLLOWED = "not exists (select from rollout_changes c where c.verdict_id = rollout_verdicts.id)";

/** Campaigns that are over, and whose testers the API has confirmed to be gone: what is kept of them goes as a whole. */
const OLD_CAMPAIGNS = `select id from campaigns c where least(closed_at, ends_at) < $1::text::timestamptz
  and not exists (select from campaign_enrolments e join campaign_testers t on t.id = e.tester_id
    where t.campaign_id = c.id and e.gone_at is null)`;
const OF_OLD_CAMPAIGNS = `campaign_id in (${OLD_CAMPAIGNS})`;
const OF_OLD_TESTERS = `tester_id in (select id from campaign_testers where ${OF_OLD_CAMPAIGNS})`;

const TIER_NAMES = Object.keys(TIERS) as Tier[];

/** Counts of one tier from before a time: by the table of the tier, as rows are deleted by their place in it. */
const beforeIn = (rollup: string, tier: Tier) => ({
  table: tierTable(rollup, tier),
  where: `tier = ${TIERS[tier]} and starts_at < $1::text::timestamptz`,
});

/** Tables without partitions, with the kind of data whose time they keep to. Each has an index on what is asked. */
const SWEEPS: readonly {
  table: string;
  where: string;
  field: "historyDays" | "rollupDays" | "deliveryDays";
}[] = [
  { table: "rollout_subjects", where: OF_OLD_STAGES, field: "historyDays" },
  { table: "rollout_verdicts", where: `${OF_OLD_STAGES} and ${NOT_FOLLOWED}`, field: "rollupDays" },
  { table: "campaign_tries", where: OF_OLD_CAMPAIGNS, field: "historyDays" },
  { table: "campaign_enrolments", where: OF_OLD_TESTERS, field: "historyDays" },
  { table: "campaign_testers", where: OF_OLD_CAMPAIGNS, field: "historyDays" },
  { table: "campaign_devices", where: OF_OLD_CAMPAIGNS, field: "historyDays" },
  { table: "campaigns", where: `id in (${OLD_CAMPAIGNS})`, field: "historyDays" },
  ...ROLLUPS.flatMap(({ table }) =>
    TIER_NAMES.map((tier) => ({ ...beforeIn(table, tier), field: "rollupDays" as const })),
  ),
  // With each event go its deliveries.
  { table: "notification_events", where: "at < $1::text::timestamptz", field: "deliveryDays" },
];

/** Deletes what is past its time: history by whole months, the rest in small steps. */
export const purgeOldDataJob: Job = {
  name: "purge-old-data",
  everyMs: 600_000,
  async run({ database, clock, log, signal }) {
    const now = clock();
    const retention = await findObeyedRetention(database.db, now);
    for (const { table, where, field } of SWEEPS) {
      const time = cutoffOf(retention[field], now);
      const swept = await sweepRows(database.sql, { table, where, time, signal });
      if (swept > 0) log.info({ table, swept }, "deleted rows past their retention");
    }
    await purgeMinutes(database.sql, { now, signal });
    const months = await purgeHistory(database.db, { now, historyDays: retention.historyDays, signal });
    if (months.length > 0) log.info({ months }, "dropped months of history past their retention");
  },
};

/** Counts by the minute go sooner. First is noted from when on they are kept, so that nobody reads what is half gone. */
async function purgeMinutes(sql: Sql, { now, signal }: { now: Date; signal: AbortSignal }): Promise<void> {
  const time = cutoffOf(MINUTES_KEPT_DAYS, now);
  await sql`update rollup_clock set minutes_from = ${time.toISOString()} where minutes_from < ${time.toISOString()}`;
  for (const { table } of ROLLUPS) await sweepRows(sql, { ...beforeIn(table, "minute"), time, signal });
}
