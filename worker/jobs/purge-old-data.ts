import { purgeHistory } from "#lib/retention/purge-history.ts";
import { findObeyedRetention } from "#lib/retention/queries.ts";
import { cutoffOf } from "#lib/retention/rules.ts";
import type { Job } from "../run-jobs.ts";
import { sweepRows } from "../sweep-rows.ts";

/** Tables without partitions, with the kind of data whose time they keep to. Each has an index on the column. */
const SWEEPS: readonly { table: string; where: string; field: "rollupDays" | "deliveryDays" }[] = [
  { table: "verification_rollups", where: "minute < $1::text::timestamptz", field: "rollupDays" },
  { table: "login_rollups", where: "minute < $1::text::timestamptz", field: "rollupDays" },
  { table: "latency_rollups", where: "minute < $1::text::timestamptz", field: "rollupDays" },
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
    const months = await purgeHistory(database.db, { now, historyDays: retention.historyDays, signal });
    if (months.length > 0) log.info({ months }, "dropped months of history past their retention");
  },
};
