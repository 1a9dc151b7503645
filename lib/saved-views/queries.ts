import { and, asc, eq, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { members } from "#db/schema/members.ts";
import { savedViews } from "#db/schema/saved-views.ts";
import { viewValuesSchema } from "./schema.ts";
import type { OpenedView, ViewName } from "./types.ts";

/** The views a member keeps of the room, by name. */
export const listOwnViews = (db: DatabaseOrTransaction, ownerId: string): Promise<ViewName[]> =>
  db
    .select({ id: savedViews.id, name: savedViews.name })
    .from(savedViews)
    .where(and(eq(savedViews.ownerId, ownerId), eq(savedViews.room, "verifications")))
    .orderBy(asc(sql`lower(${savedViews.name})`));

/** The view of this id, whoever keeps it, or null. */
export async function findView(
  db: DatabaseOrTransaction,
  id: string,
  memberId: string,
): Promise<OpenedView | null> {
  const [row] = await db
    .select({
      id: savedViews.id,
      name: savedViews.name,
      ownerId: savedViews.ownerId,
      owner: members.name,
      values: savedViews.values,
    })
    .from(savedViews)
    .leftJoin(members, eq(members.id, savedViews.ownerId))
    .where(and(eq(savedViews.id, id), eq(savedViews.room, "verifications")));
  if (row === undefined) return null;
  const { ownerId, values, ...named } = row;
  return { ...named, isOwn: ownerId === memberId, values: viewValuesSchema.safeParse(values).data ?? null };
}
