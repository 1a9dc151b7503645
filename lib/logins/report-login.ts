import type { DatabaseOrTransaction } from "#db/client.ts";
import { loginReports } from "#db/schema/logins.ts";
import { newIdAt } from "#lib/ids.ts";
import type { ReportKind } from "./schema.ts";

export type LoginReport = { loginId: string; applicationId: string; kind: ReportKind; note: string | null };

/** Keeps what an application says of a login afterwards, such as a false accept. Throws when the database is away. */
export async function reportLogin(db: DatabaseOrTransaction, report: LoginReport, at: Date): Promise<void> {
  await db.insert(loginReports).values({ id: newIdAt(at), ...report, at });
}
