import type { DatabaseOrTransaction } from "#db/client.ts";
import { newId } from "#lib/ids.ts";
import { inviteMember } from "../invite-member.ts";
import type { Role } from "../schema.ts";
import { makeMember } from "./make-member.ts";

/** Somebody invited by an administrator made for it, with the token of their link. */
export async function makeInvitation(db: DatabaseOrTransaction, at: Date, role: Role = "viewer") {
  const actor = await makeMember(db, "administrator");
  const email = `${newId()}@company.example`;
  const made = await inviteMember(db, { email, name: "viewer-02", role }, actor, at);
  if (!made.ok) throw new Error(`No invitation: ${made.code}`);
  return { ...made, email, actor };
}
