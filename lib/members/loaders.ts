import "server-only";
import { requireViewer } from "#lib/auth/viewer.ts";
import { consoleDatabase, consoleSettings } from "#lib/console/runtime.ts";
import { listMembers } from "./queries.ts";
import { holdersOf, rosterState } from "./rules.ts";

/** All members with the one that is looked at: the one asked for, else the first who needs somebody. */
export async function loadMembers(memberId: string | null) {
  const viewer = await requireViewer("members.read");
  const { secondFactor, smtp } = consoleSettings();
  const members = await listMembers(consoleDatabase(), new Date());
  const state = rosterState(members, secondFactor);
  return {
    viewerId: viewer.memberId,
    role: viewer.role,
    members,
    state,
    holders: holdersOf(members),
    selected: members.find(({ id }) => id === memberId) ?? state.members[0] ?? null,
    secondFactor,
    /** Whether links are e-mailed too. */
    canMail: smtp !== null,
  };
}

export type MembersData = Awaited<ReturnType<typeof loadMembers>>;
