import "server-only";
import { listApplicationNames } from "#lib/applications/queries.ts";
import { grantOf } from "#lib/auth/policy.ts";
import { requireViewer } from "#lib/auth/viewer.ts";
import { consoleAuditKey } from "#lib/console/audit.ts";
import { consoleDatabase, consoleSettings } from "#lib/console/runtime.ts";
import { findEnrolledAt } from "#lib/enrolments/queries.ts";
import { findLogin } from "#lib/history/queries.ts";
import { choicesFor } from "#lib/history-exports/rules.ts";
import { isId, timeOfId } from "#lib/ids.ts";
import { recordView } from "#lib/people/record-view.ts";
import { findPolicyVersion } from "#lib/policies/queries.ts";
import { findObeyedRetention } from "#lib/retention/queries.ts";
import { keptUntil } from "#lib/retention/rules.ts";
import { countCells, listBars } from "#lib/verification-counts/queries.ts";
import { limitsOf, settle } from "#lib/verification-counts/rules.ts";
import { listVerifications } from "#lib/verification-list/queries.ts";
import { findVerification, hasVerifications } from "./queries.ts";
import { hasSmallBar } from "./rules.ts";
import type { Cursor, Order, VerificationFilters, VerificationPage } from "./types.ts";

/** What the reader gets of the rows: all, all but who it was, or none. */
export type RowsShown = "with_people" | "without_people" | "none";

/** The list of verifications with the figures of its window. */
export async function loadVerifications(
  asked: VerificationFilters,
  page: { order: Order; cursor: Cursor | null },
) {
  const viewer = await requireViewer("verifications.read");
  const db = consoleDatabase();
  const now = new Date();
  const { filters, line, limits } = settle(asked, now, consoleSettings().timeZone);
  const shown: RowsShown =
    viewer.grant === "full" ? "with_people" : viewer.grant === "figures" ? "none" : "without_people";
  const [bars, cells, ofRange, applications, rows] = await Promise.all([
    listBars(db, line, filters),
    countCells(db, limitsOf(line)),
    filters.range === null ? null : countCells(db, limits),
    listApplicationNames(db),
    shown === "none" ? null : listVerifications(db, { limits, facets: filters }, page),
  ]);
  return {
    now,
    filters,
    applications,
    shown,
    bars,
    /** Counts of the whole window, and of the limits that the list keeps to. */
    counts: { window: cells, list: ofRange ?? cells },
    /** Nobody was ever verified here: the list is not empty by its window or its filters. */
    isFirst: cells.length === 0 && !(await hasVerifications(db)),
    page: rows && shown === "without_people" ? withoutPeople(rows) : rows,
    /** Where the last bar ends. */
    to: line.to,
    limits,
    mayTakeOut: choicesFor(grantOf(viewer.role, "verifications.export")),
    /** Counts of very few are not told to readers who may not know who they are about. */
    hidesSmallCells: shown === "without_people",
    hidesTimeLine: shown === "without_people" && hasSmallBar(bars),
  };
}

function withoutPeople(page: VerificationPage): VerificationPage {
  return { ...page, rows: page.rows.map((row) => ({ ...row, subject: null })) };
}

export type VerificationsData = Awaited<ReturnType<typeof loadVerifications>>;

/**
 * One verification with the login it belongs to, or null when there is none of this id. Whoever is told whose it was has
 * looked at that person: audited as person.view.
 */
export async function loadVerification(id: string) {
  const viewer = await requireViewer("verification.view");
  if (!isId(id)) return null;
  const db = consoleDatabase();
  const verification = await findVerification(db, id, timeOfId(id));
  if (!verification) return null;
  const { loginId, openedAt, policyVersion, at, subject } = verification;
  if (viewer.grant === "full" && subject?.state === "known") {
    const { personId, customId } = subject;
    const seen = { personId, subject: { customId, key: consoleAuditKey() } };
    await recordView(db, { id: viewer.memberId, role: viewer.role }, seen, new Date());
  }
  const [login, policy, enrolled, retention] = await Promise.all([
    loginId === null ? null : findLogin(db, loginId, openedAt),
    findPolicyVersion(db, policyVersion),
    subject?.state === "known" ? findEnrolledAt(db, subject.personId, at) : null,
    findObeyedRetention(db, new Date()),
  ]);
  return {
    verification: viewer.grant === "full" ? verification : { ...verification, subject: null },
    login,
    policy,
    enrolled,
    keptUntil: keptUntil(openedAt, retention),
  };
}

export type VerificationData = NonNullable<Awaited<ReturnType<typeof loadVerification>>>;
