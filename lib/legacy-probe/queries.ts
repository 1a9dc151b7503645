import { desc, eq, gte, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { legacyProbes, legacyTrials } from "#db/schema/rollouts.ts";
import { PROOF_HOURS } from "./rules.ts";
import type { TrialTrouble } from "./schema.ts";
import type { LegacyProof, Probe, Trial } from "./types.ts";

/** The one row of the trials' settings. */
export const PROBE = "default";

/** Where trials go and how often; null where nobody gave an address. */
export async function findProbe(db: DatabaseOrTransaction): Promise<Probe | null> {
  const { url, everyMinutes, sealedSecret, changedAt } = legacyProbes;
  const [row] = await db
    .select({ url, everyMinutes, sealedSecret, changedAt })
    .from(legacyProbes)
    .where(eq(legacyProbes.name, PROBE));
  return row ?? null;
}

/** How many trials worked and failed since this moment, and the newest of all. */
export async function findTrials(
  db: DatabaseOrTransaction,
  since: Date,
): Promise<{ worked: number; failed: number; last: Trial | null }> {
  const [counts] = await db
    .select({
      worked: sql<number>`count(*) filter (where ${legacyTrials.trouble} is null)::integer`,
      failed: sql<number>`count(${legacyTrials.trouble})::integer`,
    })
    .from(legacyTrials)
    .where(gte(legacyTrials.at, since));
  const [last = null] = await listTrials(db, 1);
  return { worked: 0, failed: 0, ...counts, last };
}

/** The newest trials first. */
export async function listTrials(db: DatabaseOrTransaction, limit: number): Promise<Trial[]> {
  const rows = await db
    .select()
    .from(legacyTrials)
    .orderBy(desc(legacyTrials.at), desc(legacyTrials.id))
    .limit(limit);
  return rows.map((row) => ({ ...row, trouble: row.trouble as TrialTrouble | null }));
}

/** How many trials failed since one worked. */
export async function countFailedInARow(db: DatabaseOrTransaction): Promise<number> {
  return db.$count(
    legacyTrials,
    sql`${legacyTrials.trouble} is not null and ${legacyTrials.at} > coalesce(
      (select max(at) from legacy_trials where trouble is null), '-infinity')`,
  );
}

/** How well the legacy login is proven: its trials of the last two days, and whether anybody tries it at all. */
export async function findLegacyProof(db: DatabaseOrTransaction, now: Date): Promise<LegacyProof> {
  const since = new Date(now.getTime() - PROOF_HOURS * 3_600_000);
  const probe = await findProbe(db);
  return {
    everyMinutes: probe?.everyMinutes ?? null,
    ...(await findTrials(db, since)),
    failedInARow: await countFailedInARow(db),
  };
}
