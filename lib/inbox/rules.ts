import { grantOf, type Permission } from "#lib/auth/policy.ts";
import { dueStateOf } from "#lib/deadlines/rules.ts";
import type { Regime } from "#lib/deadlines/types.ts";
import { isOwnDeletion } from "#lib/requests/rules.ts";
import type { BatchState, Channel, RequestState, Right } from "#lib/requests/types.ts";
import type {
  Colleague,
  DueCounts,
  InboxFilters,
  InboxList,
  InboxOrder,
  InboxTab,
  NextFilter,
  Turn,
  WhoIsNext,
} from "./types.ts";

/** What decides whose turn it is. */
export type TurnFacts = {
  right: Right;
  channel: Channel;
  state: RequestState;
  openedBy: string | null;
  assessedBy: string | null;
  executeAt: Date | null;
  nextTryAt: Date | null;
  /** Recipients of the data who are neither told nor excused. */
  toTell: number;
};

const members = (permission: Permission, except: readonly (string | null)[] = []): Turn => ({
  by: "members",
  permission,
  except: except.filter((id) => id !== null),
});
const gatehouse = (at: Date | null = null): Turn => ({ by: "gatehouse", at });

/**
 * Whose turn it is with a request; null where it is closed. Nobody decides what they opened or assessed, except where the
 * installation is under single control. A deletion outside a request is a matter of administrators; one by the retention's
 * rule is put before the decider by the installation.
 */
export function turnOf(request: TurnFacts, isSingleControl: boolean): Turn | null {
  const { right, state, openedBy, assessedBy, executeAt, nextTryAt, toTell } = request;
  const isDeletion = isOwnDeletion(request);
  switch (state) {
    case "received":
      if (right === "deletion" && !isDeletion) return gatehouse();
      return members(isDeletion ? "person.delete" : "request.assess");
    case "identity_pending":
    case "in_review":
      return members("request.assess");
    case "awaiting_approval":
      return members(
        isDeletion ? "person.delete" : "request.decide",
        isSingleControl ? [] : [openedBy, assessedBy],
      );
    case "awaiting_capture":
      return { by: "person" };
    case "scheduled":
      return gatehouse(executeAt);
    case "executing":
      return gatehouse();
    case "verifying":
      // Whoever steers tells the recipients; what is held was put together, and an officer hands it over.
      if (toTell > 0) return members("request.steer");
      return right === "access" ? members("request.assess") : gatehouse();
    case "outcome_unknown":
      return gatehouse(nextTryAt);
    case "failed":
      return nextTryAt === null ? members("request.steer") : gatehouse(nextTryAt);
    default:
      return null;
  }
}

/** Whether this member may take the turn. */
export function mayTake(
  turn: Turn | null,
  { memberId, role }: Pick<Colleague, "memberId" | "role">,
): boolean {
  if (turn?.by !== "members") return false;
  return grantOf(role, turn.permission) === "full" && !turn.except.includes(memberId);
}

/** The turn as one of the colleagues sees it; null where there is none. */
export function whoIsNext(
  turn: Turn | null,
  colleagues: readonly Colleague[],
  memberId: string,
): WhoIsNext | null {
  if (turn?.by !== "members") return turn;
  const able = colleagues.filter((colleague) => mayTake(turn, colleague));
  return {
    by: "members",
    isYou: able.some((one) => one.memberId === memberId),
    others: able.filter((one) => one.memberId !== memberId).map(({ name }) => name),
  };
}

type ListFacts = {
  state: BatchState;
  openedBy: string | null;
  assessedBy: string | null;
  executeAt: Date | null;
  pausedAt: Date | null;
};

/** Whose turn it is with a list of people; null where it is at its end. */
export function turnOfList(list: ListFacts, isSingleControl: boolean): Turn | null {
  switch (list.state) {
    case "checked":
      return members("request.assess");
    case "awaiting_approval":
      return members("request.decide", isSingleControl ? [] : [list.openedBy, list.assessedBy]);
    case "running":
      return list.pausedAt === null ? gatehouse(list.executeAt) : members("request.steer");
    case "checking":
    case "opening":
    case "approving":
      return gatehouse();
    default:
      return null;
  }
}

/** An open request as the list sorts and counts it; `dueAt` is the first moment that is too late. */
export type Sortable = {
  id: string;
  protocol: string;
  right: Right;
  regimes: readonly Regime[];
  state: RequestState;
  receivedAt: Date;
  dueAt: Date;
  next: WhoIsNext | null;
};

const stateOf = ({ dueAt, receivedAt }: Pick<Sortable, "dueAt" | "receivedAt">, now: Date) =>
  dueStateOf({ overdueFrom: dueAt }, receivedAt, null, now);

const isYours = (next: WhoIsNext | null): boolean => next?.by === "members" && next.isYou;

/** Whether an open request stands under a tab. */
export function isUnderTab(row: Sortable, tab: InboxTab, now: Date): boolean {
  switch (tab) {
    case "you":
      return isYours(row.next);
    case "over":
      return stateOf(row, now) === "overdue";
    case "soon":
      return stateOf(row, now) === "due_soon";
    case "open":
      return true;
    case "closed":
      return false;
  }
}

/** The same of a list of people. */
export function isListUnderTab({ next, due }: Pick<InboxList, "next" | "due">, tab: InboxTab): boolean {
  switch (tab) {
    case "you":
      return isYours(next);
    case "over":
      return due.state === "overdue";
    case "soon":
      return due.state === "due_soon";
    case "open":
      return true;
    case "closed":
      return false;
  }
}

/** How many open requests stand how against their deadlines. */
export function countDue(rows: readonly Pick<Sortable, "dueAt" | "receivedAt">[], now: Date): DueCounts {
  const counts: DueCounts = { on_track: 0, due_soon: 0, overdue: 0 };
  for (const row of rows) {
    const state = stateOf(row, now);
    if (state !== "closed") counts[state]++;
  }
  return counts;
}

function nextFilterOf(next: WhoIsNext | null): NextFilter[] {
  if (next === null) return [];
  if (next.by !== "members") return [next.by];
  return [
    ...(next.isYou ? ["you" as const] : []),
    ...(next.others.length > 0 ? ["colleagues" as const] : []),
  ];
}

const passes = <T>(chosen: readonly T[], values: readonly T[]): boolean =>
  chosen.length === 0 || values.some((value) => chosen.includes(value));

/** Whether a request passes the filters; values of one filter widen it, filters narrow each other. */
export const passesFilters = (row: Sortable, { right, step, law, next }: InboxFilters): boolean =>
  passes(right, [row.right]) &&
  passes(step, [row.state]) &&
  passes(law, row.regimes) &&
  passes(next, nextFilterOf(row.next));

const KEYS: Record<InboxOrder["by"], (row: Sortable) => number | string> = {
  due: ({ dueAt }) => dueAt.getTime(),
  received: ({ receivedAt }) => receivedAt.getTime(),
  protocol: ({ protocol }) => protocol,
};

/** The rows in order; those that are alike by their protocol, so that no row ever jumps. */
export function inOrder<Row extends Sortable>(rows: readonly Row[], { by, isDescending }: InboxOrder): Row[] {
  const key = KEYS[by];
  const sign = isDescending ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [one, other] = [key(a), key(b)];
    if (one === other) return a.protocol.localeCompare(b.protocol);
    return one < other ? -sign : sign;
  });
}
