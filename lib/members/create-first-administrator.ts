import { count, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { members } from "#db/schema/members.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import { hashPassword } from "#lib/auth/passwords.ts";
import { newIdAt } from "#lib/ids.ts";
import { emailSchema, passwordSchema } from "./schema.ts";

type FirstAdministrator = { email: string; name: string; password: string };

export type CreateFirstAdministratorResult =
  | { ok: true; memberId: string }
  | { ok: false; code: "members_exist" };

/**
 * Creates the installation's first administrator, and only where there is no member at all, also when two starts try at
 * once. Audits member.create. Throws a ZodError on an address or password that sign-in would not take.
 */
export async function createFirstAdministrator(
  db: DatabaseOrTransaction,
  { email, name, password }: FirstAdministrator,
  at: Date,
): Promise<CreateFirstAdministratorResult> {
  const address = emailSchema.parse(email);
  const passwordHash = await hashPassword(passwordSchema.parse(password));
  return joinOrOpenTransaction(db, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('create-first-administrator'))`);
    const [existing] = await tx.select({ count: count() }).from(members);
    if (existing && existing.count > 0) return { ok: false, code: "members_exist" } as const;
    const id = newIdAt(at);
    const role = "administrator" as const;
    await tx.insert(members).values({ id, email: address, name, role, passwordHash, createdAt: at });
    await recordAudit(tx, {
      action: "member.create",
      actor: { id: null, role: "system" },
      at,
      entity: { type: "member", id },
      details: { role },
    });
    return { ok: true, memberId: id } as const;
  });
}
