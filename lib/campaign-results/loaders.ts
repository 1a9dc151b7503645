import "server-only";
import type { Database } from "#db/client.ts";
import { type Grant, grantOf } from "#lib/auth/policy.ts";
import { requireCaller, requireViewer } from "#lib/auth/viewer.ts";
import { checkedApi } from "#lib/console/checked-api.ts";
import { consoleDatabase, consoleSettings } from "#lib/console/runtime.ts";
import { countPeopleTried } from "#lib/fallback/queries.ts";
import { listRateCells } from "#lib/fallback-page/queries.ts";
import { noFilters } from "#lib/fallback-page/rules.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { isId } from "#lib/ids.ts";
import { composePdf } from "#lib/letters/compose-pdf.ts";
import type { DeviceClass } from "#lib/logins/schema.ts";
import type { Role } from "#lib/members/schema.ts";
import { dayOf } from "#lib/retention/rules.ts";
import { readDaySteps } from "#lib/time-steps.ts";
import { composeCsv } from "./compose-csv.ts";
import { composeReport } from "./compose-report.ts";
import { composeResults } from "./compose-results.ts";
import { findNewestId, findStamp, listCampaigns } from "./queries.ts";
import { recordReport } from "./record-report.ts";
import { liveShareOf, standingOf } from "./rules.ts";
import { type LiveShare, REPORTS } from "./types.ts";

const LIVE_DAYS = 30;

/** The newest campaign with what came of it, and all of them as a list, for the page on the integration. */
export async function loadCampaigns() {
  const viewer = await requireViewer("integration.read");
  const db = consoleDatabase();
  const newest = await findNewestId(db);
  // Read before what it stands for: a change in between makes the page anew once more, instead of never.
  const stamp = newest === null ? null : await findStamp(db, newest, new Date());
  return {
    now: new Date(),
    ...(await readOne(db, newest, viewer.role)),
    stamp: stamp ?? "",
    list: await listCampaigns(db),
    ...changeFor(viewer.role),
  };
}

export type CampaignsData = Awaited<ReturnType<typeof loadCampaigns>>;

/** One campaign with everything that came of it; null for an unknown one. */
export async function loadCampaign(campaignId: string) {
  const viewer = await requireViewer("integration.read");
  if (!isId(campaignId)) return null;
  const db = consoleDatabase();
  const stamp = await findStamp(db, campaignId, new Date());
  const { results, ...one } = await readOne(db, campaignId, viewer.role);
  return results === null || stamp === null ? null : { results, ...one, stamp, ...changeFor(viewer.role) };
}

export type CampaignData = NonNullable<Awaited<ReturnType<typeof loadCampaign>>>;

/** What a campaign would be opened against, for whoever may open one. */
export async function loadNewCampaign() {
  await requireViewer("campaign.change");
  const { origin, kind } = checkedApi();
  return { origin, kind };
}

/** What changes whenever a campaign goes on; null for an unknown one. No use of the session. */
export async function loadCampaignStamp(campaignId: string): Promise<string | null> {
  await requireCaller("integration.read", { isUse: false });
  return isId(campaignId) ? findStamp(consoleDatabase(), campaignId, new Date()) : null;
}

/** The same of the newest campaign, whichever that is. */
export async function loadNewestStamp(): Promise<string> {
  await requireCaller("integration.read", { isUse: false });
  const db = consoleDatabase();
  const newest = await findNewestId(db);
  return (newest && (await findStamp(db, newest, new Date()))) ?? "";
}

export type LoadedReport = { bytes: Uint8Array<ArrayBuffer>; fileName: string; type: string };

/**
 * A campaign's report or its cells as a file, made at this moment; null for an unknown campaign or file. Audits
 * `campaign.download` with its SHA-256 before it is handed over.
 */
export async function loadReport(
  campaignId: string,
  name: string,
  locale: Locale,
): Promise<LoadedReport | null> {
  const viewer = await requireCaller("integration.read");
  const report = REPORTS.find((one) => one === name);
  const db = consoleDatabase();
  const results = report !== undefined && isId(campaignId) ? await composeResults(db, campaignId) : null;
  if (report === undefined || results === null) return null;
  const now = new Date();
  const { timeZone } = consoleSettings();
  const isPdf = report === "report.pdf";
  const bytes = new Uint8Array(
    isPdf ? await composePdf(composeReport({ results, locale, timeZone, now })) : composeCsv(results),
  );
  const what = isPdf ? "pdf" : "csv";
  await recordReport(db, { campaignId, what, bytes }, { id: viewer.memberId, role: viewer.role }, now);
  return {
    bytes,
    fileName: `gatehouse-campaign-${dayOf(now, timeZone)}.${what}`,
    type: isPdf ? "application/pdf" : "text/csv; charset=utf-8",
  };
}

const changeFor = (role: Role) => {
  const { origin, kind } = checkedApi();
  return { api: { origin, kind }, mayChange: grantOf(role, "campaign.change") !== null };
};

async function readOne(db: Database, campaignId: string | null, role: Role) {
  const now = new Date();
  const results = campaignId === null ? null : await composeResults(db, campaignId);
  return {
    results,
    standing: results === null ? null : standingOf(results.campaign, now),
    live: results?.weakSpot ? await readLive(db, results.weakSpot.deviceClass, { role, now }) : null,
  };
}

/** What the devices of the weak spot cost where people log in: of the last 30 days, as far as this reader may know. */
async function readLive(
  db: Database,
  deviceClass: DeviceClass,
  { role, now }: { role: Role; now: Date },
): Promise<LiveShare | null> {
  const grant: Grant | null = grantOf(role, "fallback.read");
  if (grant === null) return null;
  const steps = await readDaySteps(db, { count: LIVE_DAYS, now, timeZone: consoleSettings().timeZone });
  const [cells, people] = await Promise.all([
    listRateCells(db, steps, noFilters(), "device"),
    countPeopleTried(db, { from: steps.starts[0] ?? now, to: now }),
  ]);
  return liveShareOf(cells, deviceClass, { people, grant });
}
