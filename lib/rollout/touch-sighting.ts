import { eq, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { flagSightings } from "#db/schema/rollouts.ts";
import type { UnleashAdmin } from "#lib/unleash/admin.ts";
import { differencesOf } from "#lib/unleash/differences.ts";
import { readEdition, readLiveFlag } from "#lib/unleash/live-flag.ts";
import { findIntent } from "./queries.ts";
import { wantedOf } from "./rules.ts";
import { BIOMETRIC_LOGIN_FLAG } from "./schema.ts";

/**
 * Looks at the flag in Unleash and keeps what was seen, beside where it differs from the intent and since when. While
 * Unleash cannot be read the last sighting stays, with why. Nothing is put right: that is for a person.
 */
export async function touchSighting(
  db: DatabaseOrTransaction,
  { admin, environment }: { admin: UnleashAdmin; environment: string },
  at: Date,
): Promise<void> {
  const intent = await findIntent(db);
  if (intent === null) return;
  const [live, edition] = [await readLiveFlag(admin, environment), await readEdition(admin, environment)];
  const told = edition.ok
    ? {
        edition: edition.value.edition,
        serverVersion: edition.value.version,
        limits: edition.value.limits,
      }
    : {};
  const isMissing = !live.ok && live.code === "not_found";
  if (!live.ok && !isMissing) {
    const seen = { seenAt: at, trouble: live.code };
    await put(db, { ...seen }, seen);
    return;
  }
  const value = live.ok ? live.value : null;
  const differences = differencesOf(value, wantedOf(intent));
  const seen = { seenAt: at, readAt: at, trouble: null, live: value, differences, ...told };
  const isSame = differences.length === 0;
  const since = isSame ? null : at;
  await put(
    db,
    { ...seen, differsSince: since },
    {
      ...seen,
      differsSince: isSame
        ? null
        : sql`coalesce(${flagSightings.differsSince}, ${at.toISOString()}::timestamptz)`,
    },
  );
}

type Row = Omit<typeof flagSightings.$inferInsert, "flag">;

async function put(
  db: DatabaseOrTransaction,
  first: Row,
  again: { [Field in keyof Row]?: Row[Field] | ReturnType<typeof sql> | undefined },
): Promise<void> {
  await db
    .insert(flagSightings)
    .values({ flag: BIOMETRIC_LOGIN_FLAG, ...first })
    .onConflictDoUpdate({
      target: flagSightings.flag,
      set: again,
      setWhere: eq(flagSightings.flag, BIOMETRIC_LOGIN_FLAG),
    });
}
