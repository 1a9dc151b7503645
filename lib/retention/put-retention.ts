import { sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { retentionSettings } from "#db/schema/retention.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import { findCurrentRetention } from "./queries.ts";
import { shortenedBy } from "./rules.ts";
import {
  RETENTION_CHANNEL,
  RETENTION_FIELDS,
  type RetentionValues,
  retentionValuesSchema,
} from "./schema.ts";
import type { Retention } from "./types.ts";

type Change = {
  values: RetentionValues;
  /** The version the change was thought out on. */
  basedOnVersion: number;
  reason: string;
};

/**
 * Says from now on how long data is kept, unless another version came in between (`stale_version`) or nothing would
 * change (`unchanged`). Longer times hold at once; shorter ones are obeyed a day later. Throws ZodError for values out
 * of range. Audits `retention.change` with before and after.
 */
export function putRetention(
  db: DatabaseOrTransaction,
  { values, basedOnVersion, reason }: Change,
  actor: Actor,
  at: Date,
): Promise<{ ok: true; retention: Retention } | { ok: false; code: "stale_version" | "unchanged" }> {
  const after = retentionValuesSchema.parse(values);
  return joinOrOpenTransaction(db, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('retention_settings'))`);
    const { version: before, values: current } = await findCurrentRetention(tx);
    if (before !== basedOnVersion) return { ok: false, code: "stale_version" };
    if (RETENTION_FIELDS.every((field) => after[field] === current[field]))
      return { ok: false, code: "unchanged" };
    const version = before + 1;
    await tx
      .insert(retentionSettings)
      .values({ version, values: after, changedBy: actor.id, changedAt: at, reason });
    await recordAudit(tx, {
      action: "retention.change",
      actor,
      at,
      entity: { type: "retention", id: String(version) },
      details: { before: current, after, shortened: shortenedBy(current, after) },
    });
    await tx.execute(sql`select pg_notify(${RETENTION_CHANNEL}, ${String(version)})`);
    return { ok: true, retention: { version, values: after } };
  });
}
