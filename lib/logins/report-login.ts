import { sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { loginReports } from "#db/schema/logins.ts";
import { newIdAt } from "#lib/ids.ts";
import { ROLLOUT_EVIDENCE_CHANNEL } from "#lib/rollout/schema.ts";
import type { ReportKind } from "./schema.ts";

export type LoginReport = { loginId: string; applicationId: string; kind: ReportKind; note: string | null };

/**
 * Keeps what an application says of a login afterwards. A false accept wakes the judge of the rollout in the same
 * statement: a gateway opens no transaction for it. Throws when the database is away.
 */
export async function reportLogin(db: DatabaseOrTransaction, report: LoginReport, at: Date): Promise<void> {
  const { loginId, applicationId, kind, note } = report;
  await db.execute(sql`
    with told as (
      insert into ${loginReports} (id, login_id, application_id, kind, note, at)
      values (${newIdAt(at)}, ${loginId}, ${applicationId}, ${kind}, ${note}, ${at.toISOString()}::timestamptz)
      returning kind
    )
    select pg_notify(${ROLLOUT_EVIDENCE_CHANNEL}, '') from told where kind = 'false_accept'`);
}
