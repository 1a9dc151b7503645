import { and, count, eq, getTableColumns, gte, isNull, max, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { memberCodeApps, memberInvitations, memberSessions, members } from "#db/schema/members.ts";
import { ABSOLUTE_HOURS, endOfSession } from "#lib/auth/rules.ts";
import { canSignIn, compareMembers, isWithdrawn, standingOf } from "./rules.ts";
import { ROLES } from "./schema.ts";
import type { Holders, Member, OpenLink } from "./types.ts";

const HOUR_MS = 60 * 60 * 1000;
const creators = alias(members, "creators");
// By their full names: in a select from one table drizzle leaves the table's name out.
const hasIdentity = sql<boolean>`exists (select from member_identities i where i.member_id = members.id)`;
const isOpenLink = and(isNull(memberInvitations.usedAt), isNull(memberInvitations.withdrawnAt));

/**
 * Lets changes of members take turns until the transaction ends: what always holds, such as a last administrator, is a
 * matter of all of them together.
 */
export async function lockMembers(tx: DatabaseOrTransaction): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('members'))`);
}

/** The member's account, locked until the transaction ends; null for an unknown one, and for one that is nobody's. */
export async function findMemberLocked(tx: DatabaseOrTransaction, memberId: string) {
  await lockMembers(tx);
  const account = await findAccountLocked(tx, memberId);
  return account === null || isWithdrawn(account) ? null : { ...account, canSignIn: canSignIn(account) };
}

/** The account whatever its standing, locked in the same way, without a turn among all members; or null. */
export async function findAccountLocked(tx: DatabaseOrTransaction, memberId: string) {
  const [row] = await tx
    .select({ ...getTableColumns(members), hasIdentity })
    .from(members)
    .where(eq(members.id, memberId))
    .for("update");
  return row ?? null;
}

/** The account of this address, whatever its standing, or null. */
export async function findAccountByEmail(tx: DatabaseOrTransaction, email: string) {
  const [row] = await tx
    .select({ ...getTableColumns(members), hasIdentity })
    .from(members)
    .where(eq(members.email, email));
  return row ?? null;
}

/** How many members can sign in with each role. */
export async function countHolders(db: DatabaseOrTransaction): Promise<Holders> {
  const joined = or(sql`${members.passwordHash} is not null`, hasIdentity);
  const rows = await db
    .select({ role: members.role, holders: count() })
    .from(members)
    .where(and(isNull(members.disabledAt), joined))
    .groupBy(members.role);
  const counts = new Map(rows.map(({ role, holders }) => [role, holders]));
  return Object.fromEntries(ROLES.map((role) => [role, counts.get(role) ?? 0])) as Holders;
}

/** The link with this digest, and whose it is; or null. */
export async function findLink(db: DatabaseOrTransaction, tokenHash: string) {
  const [row] = await db
    .select({
      id: memberInvitations.id,
      purpose: memberInvitations.purpose,
      expiresAt: memberInvitations.expiresAt,
      usedAt: memberInvitations.usedAt,
      withdrawnAt: memberInvitations.withdrawnAt,
      member: { id: members.id, name: members.name, email: members.email, role: members.role },
    })
    .from(memberInvitations)
    .innerJoin(members, eq(members.id, memberInvitations.memberId))
    .where(eq(memberInvitations.tokenHash, tokenHash));
  return row ?? null;
}

/** The member's link that was neither used nor withdrawn, or null. */
export async function findOpenLink(tx: DatabaseOrTransaction, memberId: string) {
  const [row] = await tx
    .select({ id: memberInvitations.id, purpose: memberInvitations.purpose })
    .from(memberInvitations)
    .where(and(eq(memberInvitations.memberId, memberId), isOpenLink));
  return row ?? null;
}

/** Everybody who is, was or is invited to be a member, by role and name, with how they sign in and when they last did. */
export async function listMembers(db: DatabaseOrTransaction, now: Date): Promise<Member[]> {
  const [rows, links, lastSeen, openSessions] = await Promise.all([
    selectAccounts(db),
    listOpenLinks(db),
    readLastSeen(db),
    countOpenSessions(db, now),
  ]);
  return rows
    .filter((row) => !isWithdrawn(row))
    .map((row): Member => {
      const { passwordHash: _, codeAppSince, hasIdentity: isKnown, ...account } = row;
      const link = links.get(row.id) ?? null;
      return {
        ...account,
        link,
        standing: standingOf(row, link, now),
        secondFactor: codeAppSince !== null ? "code_app" : isKnown ? "single_sign_on" : null,
        lastSeenAt: lastSeen.get(row.id) ?? null,
        openSessions: openSessions.get(row.id) ?? 0,
      };
    })
    .sort(compareMembers);
}

function selectAccounts(db: DatabaseOrTransaction) {
  const left = sql<number>`(select count(*)::int from member_recovery_codes c
    where c.member_id = members.id and c.used_at is null)`;
  return db
    .select({
      ...getTableColumns(members),
      hasIdentity,
      codeAppSince: memberCodeApps.confirmedAt,
      recoveryCodesLeft: left,
    })
    .from(members)
    .leftJoin(memberCodeApps, eq(memberCodeApps.memberId, members.id));
}

async function listOpenLinks(db: DatabaseOrTransaction): Promise<Map<string, OpenLink>> {
  const rows = await db
    .select({
      memberId: memberInvitations.memberId,
      purpose: memberInvitations.purpose,
      createdAt: memberInvitations.createdAt,
      createdByName: creators.name,
      expiresAt: memberInvitations.expiresAt,
    })
    .from(memberInvitations)
    .leftJoin(creators, eq(creators.id, memberInvitations.createdBy))
    .where(isOpenLink);
  return new Map(rows.map(({ memberId, ...link }) => [memberId, link]));
}

async function readLastSeen(db: DatabaseOrTransaction): Promise<Map<string, Date>> {
  const rows = await db
    .select({ memberId: memberSessions.memberId, at: max(memberSessions.seenAt) })
    .from(memberSessions)
    .groupBy(memberSessions.memberId);
  return new Map(rows.flatMap(({ memberId, at }) => (at === null ? [] : [[memberId, at]])));
}

async function countOpenSessions(db: DatabaseOrTransaction, now: Date): Promise<Map<string, number>> {
  const since = new Date(now.getTime() - ABSOLUTE_HOURS * HOUR_MS);
  const rows = await db
    .select()
    .from(memberSessions)
    .where(and(isNull(memberSessions.endedAt), gte(memberSessions.createdAt, since)));
  const counts = new Map<string, number>();
  for (const row of rows)
    if (endOfSession({ ...row, memberDisabledAt: null }, now) === null)
      counts.set(row.memberId, (counts.get(row.memberId) ?? 0) + 1);
  return counts;
}
