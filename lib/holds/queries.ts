import { and, eq, isNull } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { legalHolds } from "#db/schema/holds.ts";
import { members } from "#db/schema/members.ts";
import { isErasing } from "#lib/requests/rules.ts";
import type { Right } from "#lib/requests/types.ts";
import type { HoldRow } from "./types.ts";

/** The legal hold that stands on the person with exactly this CustomID; null where none does. */
export async function findStandingHold(db: DatabaseOrTransaction, customId: string): Promise<HoldRow | null> {
  const [row] = await db
    .select()
    .from(legalHolds)
    .where(and(eq(legalHolds.customId, customId), isNull(legalHolds.releasedAt)));
  return row ?? null;
}

/** The name of the member who placed a hold; null where the account is gone. */
export async function findPlacerName(
  db: DatabaseOrTransaction,
  { placedBy }: Pick<HoldRow, "placedBy">,
): Promise<string | null> {
  const [row] = await db.select({ name: members.name }).from(members).where(eq(members.id, placedBy));
  return row?.name ?? null;
}

/** Whether a standing hold forbids to grant this right, or to carry it out: it keeps what an erasure would take. */
export async function isHeldBack(
  db: DatabaseOrTransaction,
  { right, customId }: { right: Right; customId: string },
): Promise<boolean> {
  return isErasing(right) && (await findStandingHold(db, customId)) !== null;
}

/** A hold, kept for the caller's transaction so that nobody releases it meanwhile; null where there is none. */
export async function findHoldLocked(tx: DatabaseOrTransaction, holdId: string): Promise<HoldRow | null> {
  const [row] = await tx.select().from(legalHolds).where(eq(legalHolds.id, holdId)).for("update");
  return row ?? null;
}
