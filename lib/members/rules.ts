import type { SecondFactorMode } from "#lib/auth/types.ts";
import { ROLES, type Role } from "./schema.ts";
import type { ChangeTrouble, Holders, LinkPurpose, LinkTrouble, Member, MemberStanding } from "./types.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** How long a link can be used. Who comes back is waiting for it. */
export const LINK_DAYS: Record<LinkPurpose, number> = { join: 7, return: 1 };

/** When a link made now ends by itself. */
export const linkEnd = (purpose: LinkPurpose, now: Date): Date =>
  new Date(now.getTime() + LINK_DAYS[purpose] * DAY_MS);

type LinkFacts = { expiresAt: Date; usedAt: Date | null; withdrawnAt: Date | null };

/** Why a link opens nothing; null while it does. */
export function troubleOfLink(link: LinkFacts | null, now: Date): LinkTrouble | null {
  if (link === null) return "unknown";
  if (link.usedAt !== null) return "used";
  if (link.withdrawnAt !== null) return "withdrawn";
  return link.expiresAt.getTime() <= now.getTime() ? "expired" : null;
}

type AccountFacts = { passwordHash: string | null; hasIdentity: boolean; disabledAt: Date | null };

/** Whether the member ever came in, by whatever way. */
export const hasJoined = ({ passwordHash, hasIdentity }: AccountFacts): boolean =>
  passwordHash !== null || hasIdentity;

/** Whether the member can sign in. */
export const canSignIn = (account: AccountFacts): boolean =>
  account.disabledAt === null && hasJoined(account);

/** Whether the account is nobody's: its invitation was withdrawn before anybody used it. */
export const isWithdrawn = (account: AccountFacts): boolean =>
  account.disabledAt !== null && !hasJoined(account);

/** How an account stands; `link` is the one that is open, if any. */
export function standingOf(
  account: AccountFacts,
  link: { expiresAt: Date } | null,
  now: Date,
): MemberStanding {
  if (account.disabledAt !== null) return "disabled";
  if (hasJoined(account)) return "active";
  return link !== null && link.expiresAt.getTime() > now.getTime() ? "invited" : "lapsed";
}

/** How many of the listed can sign in with each role. */
export function holdersOf(members: readonly Member[]): Holders {
  const held = (role: Role) => members.filter((one) => one.standing === "active" && one.role === role).length;
  return Object.fromEntries(ROLES.map((role) => [role, held(role)])) as Holders;
}

/** Roles somebody always has: without the one nobody lets anyone in, without the other no request is assessed. */
export const KEPT_ROLES: readonly Role[] = ["administrator", "compliance_officer"];

/**
 * Why this member may not be given another role or be disabled, whoever asks for it: nobody does it to themselves, and
 * the last who can sign in as administrator or as compliance officer stays. Null where it may be done.
 */
export function troubleOfChange(
  member: { id: string; role: Role; canSignIn: boolean },
  actorId: string | null,
  holders: Holders,
): ChangeTrouble | null {
  if (member.id === actorId) return "own_account";
  return member.canSignIn && KEPT_ROLES.includes(member.role) && holders[member.role] <= 1
    ? "last_of_role"
    : null;
}

/** The order of the list: by role, then by name, those who are disabled last. */
export function compareMembers(a: Member, b: Member): number {
  const rank = ({ disabledAt, role }: Member) =>
    (disabledAt === null ? 0 : ROLES.length) + ROLES.indexOf(role);
  return rank(a) - rank(b) || a.name.localeCompare(b.name);
}

/** What most needs to be said of the members, with those it is said of. */
export type RosterState =
  | { kind: "lapsed" | "invited" | "no_second_factor"; members: [Member, ...Member[]] }
  | { kind: "one_administrator"; members: [] }
  | { kind: "well"; members: [] };

/** What most needs to be said, the worst first: a link that ended, one that waits, no second factor, a lone administrator. */
export function rosterState(members: readonly Member[], mode: SecondFactorMode): RosterState {
  const groups = {
    lapsed: members.filter(({ standing }) => standing === "lapsed"),
    invited: members.filter(({ standing }) => standing === "invited"),
    no_second_factor: members.filter((member) => lacksFactor(member, mode)),
  };
  for (const kind of ["lapsed", "invited", "no_second_factor"] as const) {
    const [first, ...others] = groups[kind];
    if (first !== undefined) return { kind, members: [first, ...others] };
  }
  const administrators = members.filter(
    ({ standing, role }) => standing === "active" && role === "administrator",
  );
  return { kind: administrators.length === 1 ? "one_administrator" : "well", members: [] };
}

/** Whether the member can sign in and has nothing but a password, where more is asked of them. */
export const lacksFactor = ({ standing, secondFactor }: Member, mode: SecondFactorMode): boolean =>
  mode !== "off" && standing === "active" && secondFactor === null;
