import { eq, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { members } from "#db/schema/members.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import { endSessions } from "#lib/members/end-sessions.ts";
import { hashPassword, isPasswordOf } from "./passwords.ts";
import { lockMember } from "./queries.ts";
import { refuseProof } from "./refuse-proof.ts";
import { type FailureSubject, forgetFailures, takePlace } from "./throttle.ts";
import type { ChangePasswordResult, Viewer } from "./types.ts";

type Change = { present: string; next: string; subjects: FailureSubject[] };

/**
 * Gives the viewer another password, if they know the present one, and ends their other sessions. Wrong ones make the
 * next try wait. Audits member.change_password, or session.refuse_step_up.
 */
export async function changePassword(
  db: DatabaseOrTransaction,
  { present, next, subjects }: Change,
  viewer: Pick<Viewer, "memberId" | "sessionId" | "role">,
  at: Date,
): Promise<ChangePasswordResult> {
  const { memberId, sessionId, role } = viewer;
  const actor = { id: memberId, role };
  const place = await takePlace(db, subjects, at);
  if (place.waitSeconds > 0) {
    await refuseProof(db, viewer, "throttled", at);
    return { ok: false, code: "throttled", waitSeconds: place.waitSeconds };
  }
  const passwordHash = await hashPassword(next);
  return joinOrOpenTransaction(db, async (tx) => {
    const member = await lockMember(tx, memberId);
    if (!(await isPasswordOf(member?.passwordHash ?? null, present))) {
      await refuseProof(tx, viewer, "wrong", at);
      return { ok: false, code: "wrong_password" } as const;
    }
    await forgetFailures(tx, subjects, place);
    if (present === next) return { ok: false, code: "same_password" } as const;
    await tx
      .update(members)
      .set({ passwordHash, version: sql`${members.version} + 1` })
      .where(eq(members.id, memberId));
    const others = { memberId, exceptSessionId: sessionId };
    const { ended: endedSessions } = await endSessions(tx, others, actor, at);
    await recordAudit(tx, {
      action: "member.change_password",
      actor,
      at,
      entity: { type: "member", id: memberId },
      details: { endedSessions },
    });
    return { ok: true, endedSessions } as const;
  });
}
