import type { DatabaseOrTransaction } from "#db/client.ts";
import { listVerifications } from "#lib/verification-list/queries.ts";
import type { VerificationFacets } from "#lib/verifications/types.ts";
import { listSightings } from "./queries.ts";
import { isFarDue, SHOWN_AT_ONCE, spanOf, takeNew } from "./rules.ts";
import type { TailBatch } from "./types.ts";

/** What was told of a list so far. */
export type Tail = { facets: VerificationFacets; seen: Map<string, number>; lookedFarAt: Date | null };

export const beginTail = (facets: VerificationFacets): Tail => ({
  facets,
  seen: new Map(),
  lookedFarAt: null,
});

/**
 * What came in since the last reading, each verification once however late it was committed; null where nothing did.
 * The first reading gives what was there already. What lies more than a minute back by its own time, as a journal brings
 * it, is no news.
 */
export async function composeBatch(
  db: DatabaseOrTransaction,
  tail: Tail,
  now: Date,
): Promise<TailBatch | null> {
  const isFar = isFarDue(tail.lookedFarAt, now);
  const listed = { limits: spanOf(isFar, now), facets: tail.facets };
  const found = await listSightings(db, listed);
  const hasNew = found.some(({ id }) => !tail.seen.has(id));
  const page = hasNew ? await listVerifications(db, listed, { order: "newest", cursor: null }) : null;
  // Only now: of what could not be read whole the next reading tells.
  const fresh = takeNew(tail.seen, found, now);
  if (isFar) tail.lookedFarAt = now;
  if (page === null) return null;
  const isFresh = new Set(fresh.map(({ id }) => id));
  const rows = page.rows.filter(({ id }) => isFresh.has(id)).slice(0, SHOWN_AT_ONCE);
  return { rows, passed: fresh.length - rows.length };
}
