import type { DatabaseOrTransaction } from "#db/client.ts";
import { findPerson } from "#lib/people/queries.ts";
import type { Mover } from "#lib/requests/advance-request.ts";
import { placeHold } from "./place-hold.ts";
import type { PlaceResult } from "./types.ts";

/** Places a legal hold on the person of this id, as `placeHold` does; `not_found` where nobody has it any more. */
export async function holdPerson(
  db: DatabaseOrTransaction,
  { personId, reason }: { personId: string; reason: string },
  by: Mover & { actor: { id: string } },
  at: Date,
): Promise<PlaceResult | { ok: false; code: "not_found" }> {
  const person = await findPerson(db, personId);
  if (person === null) return { ok: false, code: "not_found" };
  return placeHold(db, { customId: person.customId, reason }, by, at);
}
