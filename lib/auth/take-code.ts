import { and, count, eq, isNull, lt, or } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { memberCodeApps, memberRecoveryCodes } from "#db/schema/members.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Role } from "#lib/members/schema.ts";
import { stepOfCode } from "./code-app.ts";
import { openFor } from "./member-seal.ts";
import { digestOfRecoveryCode } from "./recovery-codes.ts";

type Typed = { memberId: string; role: Role; memberKey: Uint8Array; typed: string };

/**
 * Takes what a member typed as a code of their code app, or else as a recovery code; null where it is neither. Each is
 * taken once, also when two ask at the same moment, in the caller's transaction, which audits what it opened; a used
 * recovery code is audited here as recovery_code.use.
 */
export async function takeCode(
  tx: DatabaseOrTransaction,
  member: Typed,
  at: Date,
): Promise<"totp" | "recovery_code" | null> {
  const digits = member.typed.replaceAll(/\s/g, "");
  if (/^\d{6}$/.test(digits)) return (await takeAppCode(tx, member, digits, at)) ? "totp" : null;
  return (await takeRecoveryCode(tx, member, at)) ? "recovery_code" : null;
}

async function takeAppCode(
  tx: DatabaseOrTransaction,
  { memberId, memberKey }: Typed,
  digits: string,
  at: Date,
): Promise<boolean> {
  const [app] = await tx.select().from(memberCodeApps).where(eq(memberCodeApps.memberId, memberId));
  const secret = app?.confirmedAt ? openFor(memberKey, "code_app", memberId, app.secretSealed) : null;
  const step = secret === null ? null : stepOfCode(secret, digits, at);
  if (step === null) return false;
  const { lastStep } = memberCodeApps;
  const taken = await tx
    .update(memberCodeApps)
    .set({ lastStep: step })
    .where(and(eq(memberCodeApps.memberId, memberId), or(isNull(lastStep), lt(lastStep, step))))
    .returning({ memberId: memberCodeApps.memberId });
  return taken.length > 0;
}

async function takeRecoveryCode(tx: DatabaseOrTransaction, member: Typed, at: Date): Promise<boolean> {
  const { memberId, role, memberKey, typed } = member;
  const codes = memberRecoveryCodes;
  const isUnused = and(eq(codes.memberId, memberId), isNull(codes.usedAt));
  const [used] = await tx
    .update(codes)
    .set({ usedAt: at })
    .where(and(isUnused, eq(codes.codeHash, digestOfRecoveryCode(memberKey, memberId, typed))))
    .returning({ id: codes.id });
  if (!used) return false;
  const [left] = await tx.select({ count: count() }).from(codes).where(isUnused);
  await recordAudit(tx, {
    action: "recovery_code.use",
    actor: { id: memberId, role },
    at,
    entity: { type: "recovery_code", id: used.id },
    details: { memberId, left: left?.count ?? 0 },
  });
  return true;
}
