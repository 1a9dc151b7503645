import { and, eq, isNull } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { applicationKeys, applications } from "#db/schema/applications.ts";
import type { LiveKey } from "./types.ts";

/** Every key that opens the gateway now: not revoked, and its application not disabled. */
export function listLiveKeys(db: DatabaseOrTransaction): Promise<LiveKey[]> {
  return db
    .select({
      keyId: applicationKeys.id,
      hash: applicationKeys.hash,
      applicationId: applications.id,
      channels: applications.channels,
    })
    .from(applicationKeys)
    .innerJoin(applications, eq(applications.id, applicationKeys.applicationId))
    .where(and(isNull(applicationKeys.revokedAt), isNull(applications.disabledAt)));
}

/** The application of this name, or null. */
export async function findApplicationByName(
  db: DatabaseOrTransaction,
  name: string,
): Promise<{ id: string; name: string } | null> {
  const rows = await db
    .select({ id: applications.id, name: applications.name })
    .from(applications)
    .where(eq(applications.name, name));
  return rows[0] ?? null;
}
