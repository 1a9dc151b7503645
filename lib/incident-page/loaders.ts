import "server-only";
import { grantOf } from "#lib/auth/policy.ts";
import { requireCaller, requireViewer } from "#lib/auth/viewer.ts";
import { consoleDatabase, consoleSettings } from "#lib/console/runtime.ts";
import { countErrors, readHealthStamp } from "#lib/health-page/queries.ts";
import { toldIncident } from "#lib/health-page/rules.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { MESSAGES } from "#lib/i18n/messages.ts";
import { isId } from "#lib/ids.ts";
import { endOfKey } from "#lib/multibiometrics/end-of-key.ts";
import { originOf } from "#lib/multibiometrics/origin.ts";
import { hidesSmall } from "#lib/rates/rules.ts";
import { exportReport } from "./export-report.ts";
import { findIncident, listOverlapping, listSwitchUses, listTellings } from "./queries.ts";
import { courseOf, windowOf } from "./rules.ts";

/** One incident as this reader may see it: its cause and remedy, its course, and what it cost; null where there is none. */
export async function loadIncident(incidentId: string) {
  const { grant, role } = await requireViewer("service_health.read");
  if (!isId(incidentId)) return null;
  const db = consoleDatabase();
  const now = new Date();
  // Read before what it stands for: a change in between makes the page anew once more, instead of never.
  const stamp = await readHealthStamp(db);
  const incident = await findIncident(db, incidentId);
  if (incident === null) return null;
  const range = windowOf(incident, now);
  const isOfApi = incident.part === "api";
  const [tellings, uses, others, counts] = await Promise.all([
    listTellings(db, incident),
    listSwitchUses(db, range),
    listOverlapping(db, incident.id, range),
    isOfApi ? countErrors(db, range) : null,
  ]);
  const failed = (counts ?? []).filter(({ reason }) => reason !== "none");
  const hidesCalls = hidesSmall(grant, ...failed.map(({ calls }) => calls));
  const listGrant = grantOf(role, "verifications.read");
  return {
    now,
    stamp,
    incident: toldIncident(incident, grant),
    evidence: incident.evidence,
    course: courseOf({ incident, tellings, uses, others }),
    /** Calls of logins while it lasted; null where they say nothing of this part. */
    calls: counts && {
      all: counts.reduce((sum, { calls }) => sum + calls, 0),
      /** Null where one of them is too small for this reader. */
      failed: hidesCalls ? null : failed,
    },
    range,
    mayList: isOfApi && listGrant !== null && listGrant !== "figures",
    mayReport: isOfApi && grantOf(role, "incident.report") !== null,
  };
}
export type IncidentData = NonNullable<Awaited<ReturnType<typeof loadIncident>>>;

/** The report for the provider as a text file; null where there is no such incident. Audits `incident.download`. */
export async function loadReport(incidentId: string, locale: Locale) {
  const { memberId: id, role } = await requireCaller("incident.report");
  if (!isId(incidentId)) return null;
  const { url, apiKey, apiKeySecondary } = consoleSettings().multibiometrics;
  const keys = apiKeySecondary === undefined ? [apiKey] : [apiKey, apiKeySecondary];
  const api = { origin: originOf(url), keyEnds: keys.map(endOfKey) };
  const { incident, serviceHealth } = MESSAGES[locale];
  const words = {
    report: incident.report,
    causeOf: (cause: keyof typeof serviceHealth.cause) => serviceHealth.cause[cause],
  };
  return exportReport(consoleDatabase(), { incidentId, api }, words, { id, role }, new Date());
}
