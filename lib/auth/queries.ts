import { and, asc, count, desc, eq, gte, inArray, isNull, max, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import {
  memberCodeApps,
  memberIdentities,
  memberRecoveryCodes,
  memberSessions,
  members,
  signInFailures,
} from "#db/schema/members.ts";
import { endOfSession, type SessionFacts } from "./rules.ts";
import type { Factors, OpenSession, Viewer } from "./types.ts";

export type SessionRow = { viewer: Viewer; facts: SessionFacts };

/** The session with its member as they are now; null when there is none. */
export async function findSession(db: DatabaseOrTransaction, sessionId: string): Promise<SessionRow | null> {
  const [row] = await db
    .select({
      session: memberSessions,
      member: members,
      codeAppSince: memberCodeApps.confirmedAt,
      hasIdentity: sql<boolean>`exists (select from ${memberIdentities} where ${memberIdentities.memberId} = ${members.id})`,
    })
    .from(memberSessions)
    .innerJoin(members, eq(members.id, memberSessions.memberId))
    .leftJoin(memberCodeApps, eq(memberCodeApps.memberId, members.id))
    .where(eq(memberSessions.id, sessionId));
  if (!row) return null;
  const { session, member, codeAppSince, hasIdentity } = row;
  return {
    viewer: {
      memberId: member.id,
      sessionId: session.id,
      name: member.name,
      email: member.email,
      role: member.role,
      proof: {
        provedAt: session.provedAt,
        provedWith: session.provedWith,
        hasCodeApp: codeAppSince !== null,
        hasPassword: member.passwordHash !== null,
        hasIdentity,
      },
    },
    facts: {
      createdAt: session.createdAt,
      seenAt: session.seenAt,
      endedAt: session.endedAt,
      memberDisabledAt: member.disabledAt,
    },
  };
}

/** The member who signs in with this address; null when there is none. */
export async function findCredentials(db: DatabaseOrTransaction, email: string) {
  const [member] = await db
    .select({
      id: members.id,
      role: members.role,
      passwordHash: members.passwordHash,
      disabledAt: members.disabledAt,
    })
    .from(members)
    .where(eq(members.email, email));
  return member ?? null;
}

/**
 * A member as they are now, held so until the caller's transaction ends; null when there is none. What their sign-in or
 * proof stands on cannot change meanwhile.
 */
export async function lockMember(tx: DatabaseOrTransaction, memberId: string) {
  const [member] = await tx.select().from(members).where(eq(members.id, memberId)).for("update");
  if (!member) return null;
  const [app] = await tx.select().from(memberCodeApps).where(eq(memberCodeApps.memberId, memberId));
  return { ...member, hasCodeApp: Boolean(app?.confirmedAt), codeAppSince: app?.confirmedAt ?? null };
}

/** What a member has to prove themselves with, and since when. */
export async function getFactors(db: DatabaseOrTransaction, memberId: string): Promise<Factors> {
  const [app] = await db
    .select({ since: memberCodeApps.confirmedAt })
    .from(memberCodeApps)
    .where(eq(memberCodeApps.memberId, memberId));
  const codes = memberRecoveryCodes;
  const [left] = await db
    .select({ count: count(), madeAt: max(codes.createdAt) })
    .from(codes)
    .where(and(eq(codes.memberId, memberId), isNull(codes.usedAt)));
  return {
    codeAppSince: app?.since ?? null,
    recoveryCodesLeft: left?.count ?? 0,
    recoveryCodesMadeAt: left?.madeAt ?? null,
  };
}

/** A member's sessions that still hold, the latest used first. */
export async function listOpenSessions(
  db: DatabaseOrTransaction,
  memberId: string,
  now: Date,
): Promise<OpenSession[]> {
  const rows = await db
    .select()
    .from(memberSessions)
    .where(and(eq(memberSessions.memberId, memberId), isNull(memberSessions.endedAt)))
    .orderBy(desc(memberSessions.seenAt));
  return rows.filter((row) => endOfSession({ ...row, memberDisabledAt: null }, now) === null);
}

/** Failed sign-ins since a time, per subject that has any. */
export async function countSignInFailures(db: DatabaseOrTransaction, subjects: string[], since: Date) {
  const rows = await db
    .select({ subject: signInFailures.subject, count: count(), lastAt: max(signInFailures.at) })
    .from(signInFailures)
    .where(and(inArray(signInFailures.subject, subjects), gte(signInFailures.at, since)))
    .groupBy(signInFailures.subject);
  return new Map(rows.map((row) => [row.subject, { count: row.count, lastAt: row.lastAt }]));
}

/** Names of up to three administrators who can be asked for a right. */
export async function listAdministratorNames(db: DatabaseOrTransaction): Promise<string[]> {
  const rows = await db
    .select({ name: members.name })
    .from(members)
    .where(and(eq(members.role, "administrator"), isNull(members.disabledAt)))
    .orderBy(asc(members.createdAt))
    .limit(3);
  return rows.map((row) => row.name);
}
