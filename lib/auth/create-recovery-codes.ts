import { eq } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { memberRecoveryCodes } from "#db/schema/members.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import { newIdAt } from "#lib/ids.ts";
import { lockMember } from "./queries.ts";
import { digestOfRecoveryCode, newRecoveryCode, RECOVERY_CODES } from "./recovery-codes.ts";
import type { Viewer } from "./types.ts";

export type CreateRecoveryCodesResult = { ok: true; codes: string[] } | { ok: false; code: "no_code_app" };

/**
 * Makes ten recovery codes for a member who has a code app, to be shown this once; what there was before is worth
 * nothing any more. Audits recovery_code.create.
 */
export function createRecoveryCodes(
  db: DatabaseOrTransaction,
  memberKey: Uint8Array,
  { memberId, role }: Pick<Viewer, "memberId" | "role">,
  at: Date,
): Promise<CreateRecoveryCodesResult> {
  return joinOrOpenTransaction(db, async (tx) => {
    const member = await lockMember(tx, memberId);
    if (!member?.hasCodeApp) return { ok: false, code: "no_code_app" } as const;
    const replaced = await tx
      .delete(memberRecoveryCodes)
      .where(eq(memberRecoveryCodes.memberId, memberId))
      .returning({ usedAt: memberRecoveryCodes.usedAt });
    const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
    await tx.insert(memberRecoveryCodes).values(
      codes.map((code) => ({
        id: newIdAt(at),
        memberId,
        codeHash: digestOfRecoveryCode(memberKey, memberId, code),
        createdAt: at,
      })),
    );
    await recordAudit(tx, {
      action: "recovery_code.create",
      actor: { id: memberId, role },
      at,
      entity: { type: "recovery_code", id: null },
      details: {
        memberId,
        count: codes.length,
        unusedBefore: replaced.filter(({ usedAt }) => !usedAt).length,
      },
    });
    return { ok: true, codes } as const;
  });
}
