import type { DatabaseOrTransaction } from "#db/client.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import type { MatchKind, SearchPurpose } from "./types.ts";

/**
 * Notes that somebody searched for people: why, the kind of match and the number of results, never the text. Audits
 * `person.search`; called once for a settled search, not for every key pressed.
 */
export async function recordSearch(
  db: DatabaseOrTransaction,
  actor: Actor,
  search: { kind: MatchKind | "list"; results: number; purpose: SearchPurpose | "rollout" },
  at: Date,
): Promise<void> {
  await recordAudit(db, {
    action: "person.search",
    actor,
    at,
    entity: { type: "person", id: null },
    details: search,
  });
}
