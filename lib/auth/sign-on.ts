import { and, eq, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { memberIdentities, members } from "#db/schema/members.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import { newIdAt } from "#lib/ids.ts";
import { changeRole } from "#lib/members/change-role.ts";
import { emailSchema, type Role } from "#lib/members/schema.ts";
import { roleOf } from "./claims.ts";
import { lockMember } from "./queries.ts";
import { refuseSession } from "./refuse-session.ts";
import { startSession } from "./start-session.ts";
import type { Claims, SignOnRefusal, SingleSignOn } from "./types.ts";

export type SignOnResult =
  | { ok: true; sessionId: string; memberId: string }
  | { ok: false; code: SignOnRefusal };

const SYSTEM = { id: null, role: "system" } as const;

/**
 * Opens a session for who the provider says has signed in there. Who comes the first time becomes a member, or is the
 * member with the same address where the provider calls it verified; from then on issuer and subject alone name them.
 * The role is the claim's at each sign-on: another one ends the sessions from before, and the last administrator and
 * officer stay. Audits session.open or session.refuse, and member.create, identity.link and member.change_role.
 */
export function signOn(
  db: DatabaseOrTransaction,
  claims: Claims,
  mapping: SingleSignOn["roles"],
  at: Date,
): Promise<SignOnResult> {
  return joinOrOpenTransaction(db, async (tx) => {
    // One at a time: two windows of somebody new must not make two members.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('single-sign-on'))`);
    const memberId = await findMemberId(tx, claims);
    const refuse = async (code: SignOnRefusal) => {
      await refuseSession(tx, memberId, code, at);
      return { ok: false, code } as const;
    };
    const role = roleOf(claims.roles, mapping);
    if (role === "no_role" || role === "both_roles") return refuse(role);
    const member = memberId === null ? await admitByEmail(tx, claims, role, at) : { id: memberId };
    if ("refused" in member) return refuse(member.refused);
    const current = await lockMember(tx, member.id);
    if (!current || current.disabledAt) return refuse("disabled");
    if (current.role !== role) {
      const change = { memberId: current.id, version: current.version, role };
      const changed = await changeRole(tx, change, SYSTEM, at);
      if (!changed.ok) return refuse("last_of_role");
    }
    const start = { memberId: current.id, role, provedWith: "single_sign_on" } as const;
    return { ok: true, sessionId: await startSession(tx, start, at), memberId: current.id } as const;
  });
}

/** Whom the provider's name for them stands for here; null where it is new. */
export async function findMemberId(
  db: DatabaseOrTransaction,
  { issuer, subject }: Pick<Claims, "issuer" | "subject">,
): Promise<string | null> {
  const [identity] = await db
    .select({ memberId: memberIdentities.memberId })
    .from(memberIdentities)
    .where(and(eq(memberIdentities.issuer, issuer), eq(memberIdentities.subject, subject)));
  return identity?.memberId ?? null;
}

/** The member with this address, linked; or a new one with it. */
async function admitByEmail(
  tx: DatabaseOrTransaction,
  claims: Claims,
  role: Role,
  at: Date,
): Promise<{ id: string } | { refused: SignOnRefusal }> {
  const address = emailSchema.safeParse(claims.email);
  if (!address.success) return { refused: "no_email" };
  const email = address.data;
  const [known] = await tx.select().from(members).where(eq(members.email, email)).for("update");
  if (known?.disabledAt) return { refused: "disabled" };
  if (known && !claims.isEmailVerified) return { refused: "email_taken" };
  const memberId = known?.id ?? newIdAt(at);
  if (!known) {
    const name = claims.name ?? email;
    await tx.insert(members).values({ id: memberId, email, name, role, passwordHash: null, createdAt: at });
    await recordAudit(tx, {
      action: "member.create",
      actor: SYSTEM,
      at,
      entity: { type: "member", id: memberId },
      details: { role },
    });
  }
  const { issuer, subject } = claims;
  await tx.insert(memberIdentities).values({ issuer, subject, memberId, createdAt: at });
  await recordAudit(tx, {
    action: "identity.link",
    actor: SYSTEM,
    at,
    entity: { type: "identity", id: null },
    details: { memberId, by: known ? "verified_email" : "first_sign_on" },
  });
  return { id: memberId };
}
