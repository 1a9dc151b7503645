import "server-only";
import { cache } from "react";
import { grantOf } from "#lib/auth/policy.ts";
import type { Viewer } from "#lib/auth/types.ts";
import { requireViewer } from "#lib/auth/viewer.ts";
import { consoleDatabase, consoleSettings } from "#lib/console/runtime.ts";
import { dueOf, earliestDeadline } from "#lib/deadlines/rules.ts";
import { isId } from "#lib/ids.ts";
import { log } from "#lib/log.ts";
import type { Role } from "#lib/members/schema.ts";
import { findPerson } from "#lib/people/queries.ts";
import { clockOf } from "#lib/requests/rules.ts";
import type { Cursor } from "#lib/verifications/types.ts";
import {
  countOpen,
  listClosedRequests,
  listColleagues,
  listOpenLists,
  listOpenRequests,
  MOST_OPEN,
  type OpenRow,
  ROWS_ON_PAGE,
} from "./queries.ts";
import {
  countDue,
  inOrder,
  isListUnderTab,
  isUnderTab,
  passesFilters,
  turnOf,
  turnOfList,
  whoIsNext,
} from "./rules.ts";
import type {
  FirstDue,
  InboxHeadFacts,
  InboxList,
  InboxPlace,
  InboxRow,
  InboxTab,
  RequestsDue,
} from "./types.ts";

export type InboxData = Awaited<ReturnType<typeof loadInbox>>;

/** What is open with whose turn it is, counted under each tab, and one page of the tab that is looked at. */
export async function loadInbox({ tab, filters, order, cursor }: InboxPlace) {
  const viewer = await requireViewer("request.read");
  const now = new Date();
  const { open, lists, isMore } = await readOpen(viewer.memberId, now);
  const tabbed = tab === "closed" ? [] : open.filter((row) => isUnderTab(row, tab, now));
  const passing = inOrder(
    tabbed.filter((row) => passesFilters(row, filters)),
    order,
  );
  const page =
    tab === "closed"
      ? await readClosed({ filters, isDescending: order.isDescending, cursor })
      : pageOf(passing, cursor);
  const tabs = countTabs(open, lists, now);
  return {
    now,
    isMore,
    counts: countDue([...passing], now),
    tabs,
    head: { ...headOf(open, now), now, open: tabs.open, yours: tabs.you },
    lists: lists.filter((list) => isListUnderTab(list, tab)),
    rows: page.rows.map((row) => shown(row, now)),
    total: passing.length,
    hasPrevious: page.hasPrevious,
    hasNext: page.hasNext,
    mayOpen: grantOf(viewer.role, "request.open") !== null,
  };
}

/** How many entries stand under each tab, lists among them. */
function countTabs(
  open: readonly Open[],
  lists: readonly InboxList[],
  now: Date,
): Record<Exclude<InboxTab, "closed">, number> {
  const under = (tab: Exclude<InboxTab, "closed">): number =>
    open.filter((row) => isUnderTab(row, tab, now)).length +
    lists.filter((list) => isListUnderTab(list, tab)).length;
  return { you: under("you"), open: under("open"), over: under("over"), soon: under("soon") };
}

type Open = OpenRow & { next: ReturnType<typeof whoIsNext> };

/** Everything that is open, as one reader sees it. */
async function readOpen(memberId: string, now: Date) {
  const db = consoleDatabase();
  const { timeZone, requests } = consoleSettings();
  const [found, lists, colleagues] = await Promise.all([
    listOpenRequests(db),
    listOpenLists(db),
    listColleagues(db),
  ]);
  const seen = (turn: ReturnType<typeof turnOf>) => whoIsNext(turn, colleagues, memberId);
  return {
    isMore: found.length > MOST_OPEN,
    open: found.slice(0, MOST_OPEN).map((row): Open => {
      return { ...row, dueAt: dueNow(row, now), next: seen(turnOf(row, requests.isSingleControl)) };
    }),
    lists: lists.map(({ regimes, receivedAt, pausedAt, ...list }): InboxList => {
      const clock = { receivedAt, extendedAt: null, identityQuestions: [] };
      return {
        id: list.id,
        name: list.name,
        right: list.right,
        ruledFor:
          list.channel === "retention"
            ? "retention_passed"
            : list.channel === "roll_back"
              ? "rolled_back"
              : null,
        state: list.state,
        isPaused: pausedAt !== null,
        next: seen(turnOfList({ ...list, pausedAt }, requests.isSingleControl)),
        done: list.done,
        all: list.all > 0 ? list.all : list.rows,
        due: dueOf(list.right, regimes, clock, { closedAt: null, now, timeZone }),
      };
    }),
  };
}

/** A clock that stands still moves its deadline on with each day: the row keeps what it was before the question. */
function dueNow(row: OpenRow, now: Date): Date {
  if (row.state !== "identity_pending" || row.regimes.includes("lgpd")) return row.dueAt;
  const { timeZone } = consoleSettings();
  return earliestDeadline(row.right, row.regimes, clockOf(row), { now, timeZone }).overdueFrom;
}

/** What the page's head speaks of: the worst that is overdue, what is stuck, and what is due first. */
function headOf(open: readonly Open[], now: Date): Omit<InboxHeadFacts, "now" | "open" | "yours"> {
  const overdue = open.filter((row) => isUnderTab(row, "over", now));
  const stuck = open.filter(({ state }) => state === "outcome_unknown" || state === "failed");
  const [first] = open;
  const worst = stuck[0];
  return {
    overdue: overdue.length,
    isStatute: overdue.some((row) => shown(row, now).due.source === "statute"),
    stuck: stuck.length,
    worst: worst
      ? {
          id: worst.id,
          protocol: worst.protocol,
          kind: worst.state === "failed" ? "failed" : "unknown",
          at: worst.nextTryAt,
        }
      : null,
    first: first ? { protocol: first.protocol, lastDay: shown(first, now).due.lastDay } : null,
  };
}

function pageOf(rows: readonly Open[], cursor: Cursor | null) {
  const place = cursor === null ? -1 : rows.findIndex(({ id }) => id === cursor.id);
  const isBack = cursor?.direction === "before";
  const start = place < 0 ? 0 : isBack ? Math.max(0, place - ROWS_ON_PAGE) : place + 1;
  const end = place >= 0 && isBack ? place : start + ROWS_ON_PAGE;
  return { rows: rows.slice(start, end), hasPrevious: start > 0, hasNext: end < rows.length };
}

async function readClosed(place: Parameters<typeof listClosedRequests>[1]) {
  const page = await listClosedRequests(consoleDatabase(), place);
  return { ...page, rows: page.rows.map((row) => ({ ...row, next: null })) };
}

function shown(row: Omit<Open, "toTell">, now: Date): InboxRow {
  const { id, protocol, right, state, customId, subjectRef, next } = row;
  const { receivedAt, decidedAt, executeAt, closedAt } = row;
  // How it was met is told as of its end.
  const given = { closedAt, now: closedAt ?? now, timeZone: consoleSettings().timeZone };
  const due = dueOf(right, row.regimes, clockOf(row), given);
  return {
    id,
    protocol,
    right,
    state,
    customId,
    subjectRef,
    next,
    receivedAt,
    decidedAt,
    executeAt,
    closedAt,
    due,
  };
}

const FIRST_DUE = 3;

/**
 * What the overview says of requests: how many wait for the reader or are late, and those due first. Null for who may
 * not read them. The session is the caller's.
 */
export async function findDue(
  viewer: Pick<Viewer, "memberId" | "role">,
  now: Date,
): Promise<RequestsDue | null> {
  if (grantOf(viewer.role, "request.read") === null) return null;
  const { open, lists } = await readOpen(viewer.memberId, now);
  const { you, open: all, over, soon } = countTabs(open, lists, now);
  const byDue = inOrder(open, { by: "due", isDescending: false });
  const rows = byDue.slice(0, FIRST_DUE).map((row): FirstDue => {
    const { id, protocol: name, right, state, next, due } = shown(row, now);
    return { kind: "request", id, name, right, state, next, due };
  });
  const listed = lists.map(({ id, name, right, next, due }): FirstDue => {
    return { kind: "list", id, name, right, state: null, next, due };
  });
  const first = [...rows, ...listed].sort((a, b) => (a.due.lastDay < b.due.lastDay ? -1 : 1));
  return { counts: { you, open: all, over, soon }, first: first.slice(0, FIRST_DUE) };
}

/** How many entries are open, for the way to the room; null for who may not read them, or while it cannot be told. */
export const loadOpenCount = cache(async (role: Role): Promise<number | null> => {
  if (grantOf(role, "request.read") === null) return null;
  try {
    return await countOpen(consoleDatabase());
  } catch (err) {
    log.warn({ err }, "the open requests could not be counted");
    return null;
  }
});

/** Where a new request begins: the zone its days are counted in, today, and the person it is about where one is named. */
export async function loadIntake(personId: string | null) {
  await requireViewer("request.open");
  const { timeZone } = consoleSettings();
  const person = personId !== null && isId(personId) ? await findPerson(consoleDatabase(), personId) : null;
  const today = new Intl.DateTimeFormat("sv-SE", { timeZone }).format(new Date());
  return { timeZone, today, customId: person?.customId ?? "" };
}
