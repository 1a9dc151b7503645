import { sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { liveTails } from "#db/schema/rollups.ts";

/** Longer than the pause between two touches, so that one that is late loses nothing. */
const WATCHED_SECONDS = 15;

/** Notes that somebody watches: for the next seconds the recording statement tells when something came in. */
export async function touchLiveTail(db: DatabaseOrTransaction): Promise<void> {
  const until = sql`now() + ${WATCHED_SECONDS} * interval '1 second'`;
  await db
    .insert(liveTails)
    .values({ room: "verifications", watchedUntil: until as unknown as Date })
    .onConflictDoUpdate({
      target: liveTails.room,
      set: { watchedUntil: sql`greatest(${liveTails.watchedUntil}, excluded.watched_until)` },
    });
}
