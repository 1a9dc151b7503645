import "server-only";
import { cache } from "react";
import { listChanges } from "#lib/audit/queries.ts";
import { changesToldTo } from "#lib/audit/rules.ts";
import { grantOf } from "#lib/auth/policy.ts";
import type { Viewer } from "#lib/auth/types.ts";
import { requireCaller, requireViewer } from "#lib/auth/viewer.ts";
import { consoleDatabase, consoleSettings, consoleStartedAt } from "#lib/console/runtime.ts";
import { findDue } from "#lib/inbox/loaders.ts";
import { listPolicyChanges } from "#lib/policies/queries.ts";
import { findIntentChange } from "#lib/rollout/queries.ts";
import { loadExposure, loadPartChecks } from "#lib/service-health/loaders.ts";
import { apiDaysOf } from "#lib/service-health/rules.ts";
import type { TimeSpan } from "#lib/time-steps.ts";
import { sparksOf, trendOf } from "#lib/trends/rules.ts";
import { listVerifications } from "#lib/verification-list/queries.ts";
import { noFacets } from "#lib/verifications/rules.ts";
import type { VerificationRow } from "#lib/verifications/types.ts";
import { countLoginsUpTo, readOverview } from "./queries.ts";
import { figuresOf, stageCardOf } from "./rules.ts";
import type { Overview, Site } from "./types.ts";

const LATEST_SHOWN = 6;
const LOGINS_COUNTED = 100;
const CHANGES_SHOWN = 5;
const LONGEST_SPAN_MS = 90 * 86_400_000;
/** What came in while the page was made is the latest too. */
const LATELY_MS = { before: 86_400_000, after: 60_000 };

/** The overview of whoever is signed in: what to do first until a login was opened, from then on the figures. */
export async function loadOverview(span: TimeSpan): Promise<Overview> {
  const viewer = await requireViewer("overview.read");
  const db = consoleDatabase();
  const now = new Date();
  const checks = loadPartChecks();
  const [begun, exposure, requests] = await Promise.all([
    countLoginsUpTo(db, 1),
    loadExposure(),
    findDue(viewer, now),
  ]);
  const common = { checks, site: siteOf(), requests };
  if (begun === 0) return { kind: "first_start", exposure: exposure ?? null, ...common };
  const [counted, policyChanges, exposureChangedAt, latest, changes] = await Promise.all([
    readOverview(db, now, consoleSettings().timeZone),
    listPolicyChanges(db, new Date(now.getTime() - LONGEST_SPAN_MS)),
    findIntentChange(db),
    loadLatest(viewer, now),
    listChanges(db, changesToldTo(viewer.role), CHANGES_SHOWN),
  ]);
  const { hours, days, people } = counted;
  return {
    kind: "figures",
    asOf: now,
    figures: figuresOf({ ...counted, exposure }, viewer.grant),
    stage: stageCardOf({ ...counted, exposure, exposureChangedAt }, viewer.grant),
    trend: trendOf({ hours, days, policyChanges, people: people.inAll }, span, viewer.grant),
    policyChanges,
    sparks: sparksOf(days, viewer.grant),
    apiDays: apiDaysOf(days.calls, days.steps, viewer.grant),
    latest,
    changes,
    ...common,
  };
}

/** How many logins there are, for a page that waits for the first. No use of the session. */
export async function loadLoginCount(): Promise<number> {
  await requireCaller("overview.read", { isUse: false });
  return countLoginsUpTo(consoleDatabase(), LOGINS_COUNTED);
}

/** The last few verifications; null for a role that sees figures only, nameless for one that sees no identifiers. */
async function loadLatest(viewer: Viewer, now: Date): Promise<VerificationRow[] | null> {
  const grant = grantOf(viewer.role, "verifications.read");
  if (grant === null || grant === "figures") return null;
  const page = { order: "newest", cursor: null } as const;
  const limits = {
    from: new Date(now.getTime() - LATELY_MS.before),
    to: new Date(now.getTime() + LATELY_MS.after),
  };
  const { rows } = await listVerifications(consoleDatabase(), { limits, facets: noFacets() }, page);
  return rows.slice(0, LATEST_SHOWN).map((row) => (grant === "full" ? row : { ...row, subject: null }));
}

const siteOf = cache((): Site => {
  const { embedded, gatewayUrl, sampleApplicationKey } = consoleSettings();
  return {
    embedded,
    gatewayUrl,
    hasSample: sampleApplicationKey !== undefined,
    startedAt: consoleStartedAt(),
  };
});
