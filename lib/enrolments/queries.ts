import { and, asc, eq, lte, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { enrolments } from "#db/schema/people.ts";
import type { FingerNumber } from "#lib/multibiometrics/types.ts";
import { enrolledAfter } from "./rules.ts";
import type { EnrolledThen } from "./types.ts";

/** What was enrolled of a person at that time, by the enrolments settled until then; null when none is known. */
export async function findEnrolledAt(
  db: DatabaseOrTransaction,
  personId: string,
  at: Date,
): Promise<EnrolledThen | null> {
  const rows = await db
    .select({
      kind: enrolments.kind,
      state: enrolments.state,
      reason: enrolments.reason,
      face: enrolments.face,
      // Written from captures alone, whose fingers are numbered 1-10.
      fingers: sql<FingerNumber[]>`${enrolments.fingers}`,
      settledAt: enrolments.settledAt,
      replacesAll: enrolments.replacesAll,
    })
    .from(enrolments)
    .where(and(eq(enrolments.personId, personId), lte(enrolments.settledAt, at)))
    .orderBy(asc(enrolments.settledAt));
  return enrolledAfter(rows);
}
