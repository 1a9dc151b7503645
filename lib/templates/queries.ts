import { and, asc, count, desc, eq, gt, gte, isNull, lt, notInArray, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { people } from "#db/schema/people.ts";
import { requestBatches } from "#db/schema/request-batches.ts";
import { dataRequests } from "#db/schema/requests.ts";
import { rollouts, templateSettlements } from "#db/schema/rollouts.ts";
import { isUndecided } from "#lib/retention/queries.ts";
import { BIOMETRIC_LOGIN_FLAG } from "#lib/rollout/schema.ts";
import type { RolledBack, TemplatesProgress } from "./types.ts";

export type SettlementRow = typeof templateSettlements.$inferSelect;
export type Enrolled = Pick<
  typeof people.$inferSelect,
  "id" | "customId" | "legalBasis" | "status" | "blockedFor" | "blockedBy" | "enrolledAt"
>;

/** What was chosen last for this rollout; null where nobody has. */
export async function findSettlement(
  db: DatabaseOrTransaction,
  rolloutId: string,
): Promise<SettlementRow | null> {
  const [row] = await db
    .select()
    .from(templateSettlements)
    .where(eq(templateSettlements.rolloutId, rolloutId))
    .orderBy(desc(templateSettlements.chosenAt), desc(templateSettlements.id))
    .limit(1);
  return row ?? null;
}

/** The rollouts of the flag that were rolled back, the newest first. */
export async function listRolledBack(db: DatabaseOrTransaction, limit: number): Promise<RolledBack[]> {
  const { id, build, startedAt, endedAt, templatesChoice, flag, state } = rollouts;
  const rows = await db
    .select({ id, build, startedAt, endedAt, templatesChoice })
    .from(rollouts)
    .where(and(eq(flag, BIOMETRIC_LOGIN_FLAG), eq(state, "rolled_back")))
    .orderBy(desc(endedAt))
    .limit(limit);
  return rows.flatMap(({ startedAt: started, endedAt: ended, ...rest }) =>
    started === null || ended === null ? [] : [{ ...rest, startedAt: started, endedAt: ended }],
  );
}

/** When the next rollout of the flag started; null where none has. Who enrolled from then on is none of the earlier one's. */
export async function findNextStart(
  db: DatabaseOrTransaction,
  { flag, after }: { flag: string; after: Date },
): Promise<Date | null> {
  const [row] = await db
    .select({ startedAt: rollouts.startedAt })
    .from(rollouts)
    .where(and(eq(rollouts.flag, flag), gt(rollouts.startedAt, after)))
    .orderBy(asc(rollouts.startedAt))
    .limit(1);
  return row?.startedAt ?? null;
}

/** How many people enrolled for the first time from the one moment to the other. */
export const countEnrolled = (
  db: DatabaseOrTransaction,
  { from, to }: { from: Date; to: Date },
): Promise<number> => db.$count(people, and(gte(people.enrolledAt, from), lt(people.enrolledAt, to)));

/** Whether somebody may still be suspended by an earlier choice. */
export async function hasSuspended(db: DatabaseOrTransaction, rolloutId: string): Promise<boolean> {
  const { rolloutId: of, choice } = templateSettlements;
  return (await db.$count(templateSettlements, and(eq(of, rolloutId), eq(choice, "suspend")))) > 0;
}

const listsOf = (rolloutId: string) =>
  sql`${requestBatches.settlementId} in (select id from template_settlements where rollout_id = ${rolloutId})`;

/** Whether deletions that an earlier choice led to are still decided on or carried out. */
export async function hasOpenList(db: DatabaseOrTransaction, rolloutId: string): Promise<boolean> {
  const isOpen = notInArray(requestBatches.state, ["checked", "completed", "withdrawn"]);
  return (await db.$count(requestBatches, and(listsOf(rolloutId), isOpen))) > 0;
}

/** What was chosen for this rollout and how far it is; null where nobody has chosen. */
export async function findTemplatesProgress(
  db: DatabaseOrTransaction,
  rolloutId: string,
): Promise<TemplatesProgress | null> {
  const row = await findSettlement(db, rolloutId);
  if (row === null) return null;
  const { id, name, state, rows, openedAt, settlementId } = requestBatches;
  const isOfChoice = eq(settlementId, row.id);
  const lists = await db
    .select({ id, name, state, rows })
    .from(requestBatches)
    .where(isOfChoice)
    .orderBy(desc(openedAt), desc(id));
  const [erased] = await db
    .select({ count: count() })
    .from(dataRequests)
    .innerJoin(requestBatches, eq(requestBatches.id, dataRequests.batchId))
    .where(and(isOfChoice, eq(dataRequests.state, "completed")));
  const { choice, chosenBy, chosenAt, reason, settled, doneAt } = row;
  return {
    ...{ settlementId: row.id, choice, chosenBy, chosenAt, reason, people: row.people, settled, doneAt },
    isLifting: choice === "keep" && (await hasSuspended(db, rolloutId)),
    lists,
    erased: erased?.count ?? 0,
  };
}

/** The choices the worker is not through with; the oldest first. */
export async function listOpenSettlements(db: DatabaseOrTransaction): Promise<string[]> {
  const rows = await db
    .select({ id: templateSettlements.id })
    .from(templateSettlements)
    .where(isNull(templateSettlements.doneAt))
    .orderBy(asc(templateSettlements.chosenAt));
  return rows.map(({ id }) => id);
}

/** A choice the worker is not through with, held for the caller's transaction; null where it is by now. */
export async function findOpenSettlementLocked(
  tx: DatabaseOrTransaction,
  settlementId: string,
): Promise<SettlementRow | null> {
  const isIt = and(eq(templateSettlements.id, settlementId), isNull(templateSettlements.doneAt));
  const [row] = await tx.select().from(templateSettlements).where(isIt).for("update");
  return row ?? null;
}

/** The list this choice led to last. */
export async function findLastList(db: DatabaseOrTransaction, settlementId: string) {
  const [row] = await db
    .select({ state: requestBatches.state })
    .from(requestBatches)
    .where(eq(requestBatches.settlementId, settlementId))
    .orderBy(desc(requestBatches.openedAt), desc(requestBatches.id))
    .limit(1);
  return row ?? null;
}

/** Nobody else decides about this person now, and if they are blocked, then by a roll back. */
const MAY_ERASE = sql`${isUndecided} and (people.status <> 'blocked' or people.blocked_for = 'roll_back')`;

const columns = {
  ...{ id: people.id, customId: people.customId, legalBasis: people.legalBasis, status: people.status },
  ...{ blockedFor: people.blockedFor, blockedBy: people.blockedBy, enrolledAt: people.enrolledAt },
};

/**
 * The next people a choice is about, after those that were looked at, in the order of the index; with `mayErase`, those
 * alone about whom nobody else decides.
 */
export function listNextEnrolled(
  tx: DatabaseOrTransaction,
  { enrolledFrom, enrolledTo, reachedAt, reachedId }: SettlementRow,
  { limit, mayErase = false }: { limit: number; mayErase?: boolean },
): Promise<Enrolled[]> {
  const { id, enrolledAt } = people;
  const isAfter =
    reachedAt === null || reachedId === null
      ? undefined
      : sql`${enrolledAt} <= ${reachedAt.toISOString()}::timestamptz
          and (${enrolledAt} < ${reachedAt.toISOString()}::timestamptz or ${id} > ${reachedId})`;
  return tx
    .select(columns)
    .from(people)
    .where(
      and(
        gte(enrolledAt, enrolledFrom),
        lt(enrolledAt, enrolledTo),
        isAfter,
        mayErase ? MAY_ERASE : undefined,
      ),
    )
    .orderBy(sql`${enrolledAt} desc nulls last`, asc(id))
    .limit(limit);
}
