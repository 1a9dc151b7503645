import type { Job } from "../run-jobs.ts";
import { sweepRows } from "../sweep-rows.ts";

/**
 * Rows of passing use, deleted in small steps. An open login's row is older than two days only where its history is
 * gone; the outcome itself stands in login_outcomes.
 */
const SWEEPS = [
  { table: "login_states", where: "closed_at < $1::text::timestamptz - interval '1 day'" },
  { table: "login_states", where: "recorded_at < $1::text::timestamptz - interval '2 days'" },
  { table: "idempotency_keys", where: "created_at < $1::text::timestamptz - interval '24 hours'" },
  { table: "sign_in_failures", where: "at < $1::text::timestamptz - interval '1 day'" },
  { table: "application_key_uses", where: "minute < $1::text::timestamptz - interval '7 days'" },
  { table: "legacy_trials", where: "at < $1::text::timestamptz - interval '90 days'" },
  { table: "history_exports", where: "ended_at < $1::text::timestamptz - interval '90 days'" },
  { table: "probe_hours", where: "hour < $1::text::timestamptz - interval '92 days'" },
  { table: "gateways", where: "seen_at < $1::text::timestamptz - interval '1 day'" },
] as const;

/** Deletes what has served its purpose from the tables of passing use. */
export const sweepTablesJob: Job = {
  name: "sweep-tables",
  everyMs: 300_000,
  async run({ database, clock, log, signal }) {
    for (const { table, where } of SWEEPS) {
      const swept = await sweepRows(database.sql, { table, where, time: clock(), signal });
      if (swept > 0) log.info({ table, swept }, "swept old rows");
    }
  },
};
