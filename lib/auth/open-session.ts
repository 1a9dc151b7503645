import { eq, inArray, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { memberSessions, members, signInFailures } from "#db/schema/members.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import { newIdAt } from "#lib/ids.ts";
import { isPasswordOf } from "./passwords.ts";
import { countSignInFailures, findCredentials } from "./queries.ts";
import { FAILURE_WINDOW_MINUTES, type FailureKind, waitSeconds } from "./rules.ts";

/** Digests that failed tries are counted under; they hold no address that could be read back. */
export type FailureSubject = { kind: FailureKind; digest: string };

export type OpenSessionResult =
  | { ok: true; sessionId: string; memberId: string }
  | { ok: false; code: "wrong_credentials" }
  | { ok: false; code: "throttled"; waitSeconds: number };

type Attempt = { email: string; password: string; subjects: FailureSubject[] };

/**
 * Opens a session for the member whose password this is. Unknown address, wrong password and disabled account answer
 * alike and take the same work; too many failures answer `throttled` without looking at the password.
 * Audits session.open or session.refuse.
 */
export async function openSession(
  db: DatabaseOrTransaction,
  attempt: Attempt,
  at: Date,
): Promise<OpenSessionResult> {
  const place = await takePlace(db, attempt.subjects, at);
  if (place.waitSeconds > 0) {
    await refuse(db, null, "throttled", at);
    return { ok: false, code: "throttled", waitSeconds: place.waitSeconds };
  }
  const member = await findCredentials(db, attempt.email);
  const matches = await isPasswordOf(member?.passwordHash ?? null, attempt.password);
  if (!member || !matches || member.disabledAt) {
    await refuse(db, member?.id ?? null, matches ? "disabled" : "wrong_credentials", at);
    return { ok: false, code: "wrong_credentials" };
  }
  return joinOrOpenTransaction(db, async (tx) => {
    // The account may have been disabled while the password was being checked.
    const [current] = await tx.select().from(members).where(eq(members.id, member.id)).for("share");
    if (!current || current.disabledAt) {
      await refuse(tx, member.id, "disabled", at);
      return { ok: false, code: "wrong_credentials" } as const;
    }
    await forgetFailures(tx, attempt.subjects, place.failureIds);
    const sessionId = newIdAt(at);
    const proof = { provedAt: at, provedWith: "password" } as const;
    await tx
      .insert(memberSessions)
      .values({ id: sessionId, memberId: member.id, createdAt: at, seenAt: at, endedAt: null, ...proof });
    await recordAudit(tx, {
      action: "session.open",
      actor: { id: member.id, role: current.role },
      at,
      entity: { type: "session", id: sessionId },
      details: { memberId: member.id },
    });
    return { ok: true, sessionId, memberId: member.id } as const;
  });
}

/**
 * Counts this try as a failure before the password is looked at, so that tries sent all at once see each other; a
 * success takes it back.
 */
function takePlace(db: DatabaseOrTransaction, subjects: FailureSubject[], at: Date) {
  return joinOrOpenTransaction(db, async (tx) => {
    const digests = subjects.map((subject) => subject.digest).sort();
    for (const digest of digests)
      await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${digest}, 0))`);
    const since = new Date(at.getTime() - FAILURE_WINDOW_MINUTES * 60_000);
    const counts = await countSignInFailures(tx, digests, since);
    const waits = subjects.map(({ kind, digest }) =>
      waitSeconds(kind, counts.get(digest) ?? { count: 0, lastAt: null }, at),
    );
    const wait = Math.max(0, ...waits);
    if (wait > 0) return { waitSeconds: wait, failureIds: [] };
    const rows = digests.map((subject) => ({ id: newIdAt(at), subject, at }));
    await tx.insert(signInFailures).values(rows);
    return { waitSeconds: 0, failureIds: rows.map((row) => row.id) };
  });
}

/** A success clears the account and the browser; of the client's count it takes back only its own try. */
async function forgetFailures(tx: DatabaseOrTransaction, subjects: FailureSubject[], ownIds: string[]) {
  const cleared = subjects.filter(({ kind }) => kind !== "client").map(({ digest }) => digest);
  if (cleared.length > 0) await tx.delete(signInFailures).where(inArray(signInFailures.subject, cleared));
  if (ownIds.length > 0) await tx.delete(signInFailures).where(inArray(signInFailures.id, ownIds));
}

function refuse(
  db: DatabaseOrTransaction,
  memberId: string | null,
  code: "wrong_credentials" | "throttled" | "disabled",
  at: Date,
) {
  return recordAudit(db, {
    action: "session.refuse",
    actor: { id: null, role: "system" },
    at,
    entity: { type: "session", id: null },
    details: { memberId, code },
  });
}
