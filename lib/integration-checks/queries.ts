import { and, asc, desc, eq, isNull, lt, notInArray, or, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import {
  integrationPeople,
  integrationResults,
  integrationRuns,
  observedFacts,
} from "#db/schema/integration.ts";
import { members } from "#db/schema/members.ts";
import { MAX_PICTURE_BYTES } from "#lib/captures/types.ts";
import type { Fact, Finding, ShownExchange } from "#lib/contract-checks/types.ts";
import type { ApiFailureCode } from "#lib/multibiometrics/types.ts";
import type { LeftPerson } from "./erase-made-up.ts";
import type { ObservedFact, ResultRow, RunRow } from "./types.ts";

/** The newest runs first. */
export function listRuns(db: DatabaseOrTransaction, origin: string, limit: number): Promise<RunRow[]> {
  return db
    .select()
    .from(integrationRuns)
    .where(eq(integrationRuns.origin, origin))
    .orderBy(desc(integrationRuns.askedAt))
    .limit(limit);
}

/** The run that waits or is being made, against whichever API; null where there is none. */
export async function findOpenRun(db: DatabaseOrTransaction): Promise<RunRow | null> {
  const [row] = await db.select().from(integrationRuns).where(isNull(integrationRuns.endedAt));
  return row ?? null;
}

/** What came of a run's checks, in the order in which they were made. */
export async function listResults(db: DatabaseOrTransaction, runId: string): Promise<ResultRow[]> {
  const { checkId, verdict, findings, code, tookMs, exchanges, decisive } = integrationResults;
  const rows = await db
    .select({ checkId, verdict, findings, code, tookMs, exchanges, decisive })
    .from(integrationResults)
    .where(eq(integrationResults.runId, runId))
    .orderBy(asc(integrationResults.place));
  return rows.map((row) => ({
    ...row,
    findings: row.findings as Finding[],
    code: row.code as ApiFailureCode | null,
    exchanges: row.exchanges as ShownExchange[],
  }));
}

/** How far a run is. */
export async function countResults(db: DatabaseOrTransaction, runId: string): Promise<number> {
  return db.$count(
    integrationResults,
    and(eq(integrationResults.runId, runId), sql`${integrationResults.verdict} is not null`),
  );
}

/** Of a run's test people: how many were sent to be enrolled, and how many of them the API may still hold. */
export async function countTestPeople(
  db: DatabaseOrTransaction,
  runId: string,
): Promise<{ made: number; left: number }> {
  const [counts] = await db
    .select({
      made: sql<number>`count(*)::integer`,
      left: sql<number>`count(*) filter (where ${integrationPeople.goneAt} is null)::integer`,
    })
    .from(integrationPeople)
    .where(eq(integrationPeople.runId, runId));
  return { made: 0, left: 0, ...counts };
}

/** Test people that ended runs against this API may have left there, and whose deletion was not tried since that moment. */
export function listLeftPeople(
  db: DatabaseOrTransaction,
  { origin, triedBefore, runId }: { origin: string; triedBefore: Date; runId?: string },
): Promise<LeftPerson[]> {
  const { customId, askedAt, answeredAt, goneAt, triedAt } = integrationPeople;
  return db
    .select({ customId, askedAt, answeredAt })
    .from(integrationPeople)
    .innerJoin(integrationRuns, eq(integrationRuns.id, integrationPeople.runId))
    .where(
      and(
        eq(integrationRuns.origin, origin),
        isNull(goneAt),
        or(isNull(triedAt), lt(triedAt, triedBefore)),
        runId === undefined
          ? notInArray(integrationRuns.state, ["asked", "running"])
          : eq(integrationRuns.id, runId),
      ),
    )
    .orderBy(asc(askedAt));
}

/** Everything that was observed of an API, by fact. */
export async function findObserved(
  db: DatabaseOrTransaction,
  origin: string,
): Promise<Map<Fact, ObservedFact>> {
  const rows = await db.select().from(observedFacts).where(eq(observedFacts.origin, origin));
  return new Map(
    rows.map(({ fact, value, runId, observedAt }) => [fact, { fact, value, runId, observedAt }]),
  );
}

/** What was last seen of one thing at an API; null where no run has looked. */
export async function findSeen(
  db: DatabaseOrTransaction,
  origin: string,
  fact: Fact,
): Promise<string | null> {
  const [row] = await db
    .select({ value: observedFacts.value })
    .from(observedFacts)
    .where(and(eq(observedFacts.origin, origin), eq(observedFacts.fact, fact)));
  return row?.value ?? null;
}

/** The largest picture, in bytes, that this API takes as far as it was seen, and never more than the guide's own limit. */
export async function findPictureLimit(db: DatabaseOrTransaction, origin: string): Promise<number> {
  const seen = Number(await findSeen(db, origin, "picture_limit"));
  return seen > 0 ? Math.min(seen, MAX_PICTURE_BYTES) : MAX_PICTURE_BYTES;
}

/** Who asked for a run; null where that account is gone. */
export async function findMemberName(db: DatabaseOrTransaction, memberId: string): Promise<string | null> {
  const [row] = await db.select({ name: members.name }).from(members).where(eq(members.id, memberId));
  return row?.name ?? null;
}
