import "server-only";
import { cache } from "react";
import { grantOf } from "#lib/auth/policy.ts";
import type { Viewer } from "#lib/auth/types.ts";
import { peekViewer, requireViewer } from "#lib/auth/viewer.ts";
import { consoleDatabase, consoleSettings, consoleStartedAt } from "#lib/console/runtime.ts";
import { loadExposure, loadPartChecks } from "#lib/service-health/loaders.ts";
import { listVerifications } from "#lib/verifications/queries.ts";
import type { VerificationFilters, VerificationRow } from "#lib/verifications/types.ts";
import { countLoginsUpTo, readOverview } from "./queries.ts";
import { figuresOf } from "./rules.ts";
import type { Overview, Site } from "./types.ts";

const LATEST_SHOWN = 6;
const LOGINS_COUNTED = 100;
const EVERYTHING_LATELY: VerificationFilters = {
  outcome: [],
  reason: [],
  modality: [],
  channel: [],
  source: [],
  window: "24h",
  range: null,
};

/** The overview of whoever is signed in: what to do first until a login was opened, from then on the figures. */
export async function loadOverview(): Promise<Overview> {
  const viewer = await requireViewer("overview.read");
  const db = consoleDatabase();
  const now = new Date();
  const checks = loadPartChecks();
  const begun = await countLoginsUpTo(db, 1);
  const site = siteOf();
  if (begun === 0) return { kind: "first_start", exposure: (await loadExposure()) ?? null, checks, site };
  const [data, latest] = await Promise.all([
    readOverview(db, now, consoleSettings().timeZone),
    loadLatest(viewer, now),
  ]);
  return { kind: "figures", figures: figuresOf(data, viewer.grant, now), latest, checks, site };
}

/** How many logins there are, for a page that waits for the first; null for whoever may not know. No use of the session. */
export async function loadLoginCount(): Promise<number | null> {
  const found = await peekViewer();
  if (!found.ok || grantOf(found.viewer.role, "overview.read") === null) return null;
  return countLoginsUpTo(consoleDatabase(), LOGINS_COUNTED);
}

/** The last few verifications; null for a role that sees figures only, nameless for one that sees no identifiers. */
async function loadLatest(viewer: Viewer, now: Date): Promise<VerificationRow[] | null> {
  const grant = grantOf(viewer.role, "verifications.read");
  if (grant === null || grant === "figures") return null;
  const page = { order: "newest", cursor: null } as const;
  const { rows } = await listVerifications(consoleDatabase(), EVERYTHING_LATELY, page, now);
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
