import { and, eq, ne, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { members } from "#db/schema/members.ts";
import { savedViews } from "#db/schema/saved-views.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import { newId } from "#lib/ids.ts";
import { MOST_VIEWS, type ViewValues } from "./types.ts";

type Wanted = {
  /** Null for a new one. */
  viewId: string | null;
  name: string;
  /** Null where it keeps what it shows. */
  values: ViewValues | null;
};
type Saved =
  | { ok: true; id: string }
  | { ok: false; code: "not_found" }
  | { ok: false; code: "invalid_input"; fields: { name: ["taken" | "too_many"] } };

const refused = (why: "taken" | "too_many"): Saved => ({
  ok: false,
  code: "invalid_input",
  fields: { name: [why] },
});

/**
 * Keeps what a room shows under a name: a new view, or a new name or new values for one of the member's own. Another
 * member's is not found. No two of a member have the same name, and none keeps more than MOST_VIEWS. Audits `view.save`.
 */
export function saveView(
  db: DatabaseOrTransaction,
  { viewId, name, values }: Wanted,
  actor: Extract<Actor, { id: string }>,
  at: Date,
): Promise<Saved> {
  const own = and(eq(savedViews.ownerId, actor.id), eq(savedViews.room, "verifications"));
  return joinOrOpenTransaction(db, async (tx) => {
    // Two of one member's at once wait for each other, so that both see what the other made.
    await tx.select({ id: members.id }).from(members).where(eq(members.id, actor.id)).for("update");
    const sameName = and(own, eq(sql`lower(${savedViews.name})`, sql`lower(${name}::text)`));
    const others = viewId === null ? sameName : and(sameName, ne(savedViews.id, viewId));
    if ((await tx.$count(savedViews, others)) > 0) return refused("taken");
    const id = viewId ?? newId();
    if (viewId === null) {
      if ((await tx.$count(savedViews, own)) >= MOST_VIEWS) return refused("too_many");
      if (values === null) return { ok: false, code: "not_found" };
      const row = { id, room: "verifications", ownerId: actor.id, name, values } as const;
      await tx.insert(savedViews).values({ ...row, createdAt: at, changedAt: at });
    } else {
      const changed = await tx
        .update(savedViews)
        .set({ name, changedAt: at, ...(values ? { values } : {}) })
        .where(and(own, eq(savedViews.id, viewId)))
        .returning({ id: savedViews.id });
      if (changed.length === 0) return { ok: false, code: "not_found" };
    }
    const entity = { type: "view", id } as const;
    await recordAudit(tx, { action: "view.save", actor, at, entity, details: {} });
    return { ok: true, id };
  });
}
