import { and } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { verifications } from "#db/schema/logins.ts";
import { inOrder, type Listed, listConditions } from "#lib/verification-list/queries.ts";
import { MOST_READ, type Sighting } from "./rules.ts";

/** Ids and times of what belongs to the list, the newest first. */
export const listSightings = (db: DatabaseOrTransaction, listed: Listed): Promise<Sighting[]> =>
  db
    .select({ id: verifications.id, at: verifications.at })
    .from(verifications)
    .where(and(...listConditions(listed)))
    .orderBy(...inOrder(true))
    .limit(MOST_READ);
