import type { DatabaseOrTransaction } from "#db/client.ts";
import { members } from "#db/schema/members.ts";
import { hashPassword } from "#lib/auth/passwords.ts";
import { newId } from "#lib/ids.ts";
import type { Role } from "../schema.ts";

export const MEMBER_PASSWORD = "a password for tests";

let passwordHash: Promise<string> | undefined;

/** A member for tests, with MEMBER_PASSWORD. */
export async function makeMember(db: DatabaseOrTransaction, role: Role = "administrator") {
  passwordHash ??= hashPassword(MEMBER_PASSWORD);
  const id = newId();
  const email = `${id}@company.example`;
  await db
    .insert(members)
    .values({ id, email, name: `${role}-01`, role, passwordHash: await passwordHash, createdAt: new Date() });
  return { id, email, role };
}
