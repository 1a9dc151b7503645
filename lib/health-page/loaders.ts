import "server-only";
import { grantOf } from "#lib/auth/policy.ts";
import { requireCaller, requireViewer } from "#lib/auth/viewer.ts";
import { findCircuitHold, findCircuitSwitch } from "#lib/circuit/queries.ts";
import { consoleDatabase, consoleSettings } from "#lib/console/runtime.ts";
import { findCurrentPolicy } from "#lib/policies/queries.ts";
import { DEFAULT_POLICY_VALUES } from "#lib/policies/schema.ts";
import { hidesSmall } from "#lib/rates/rules.ts";
import { listLatencyCells } from "#lib/service-health/call-queries.ts";
import { readStatusPage, type StatusPage } from "#lib/service-health/read-status-page.ts";
import { latencyPoints } from "#lib/service-health/rules.ts";
import { readDaySteps, readHourSteps } from "#lib/time-steps.ts";
import {
  countCost,
  countErrors,
  countSaved,
  listCircuits,
  listIncidents,
  listProbeCells,
  listProbeLatencies,
  listStandings,
  readHealthStamp,
} from "./queries.ts";
import { linesOf, toldIncident, verdictOf } from "./rules.ts";

const DAYS = 90;
const HOURS = 24;
const HOUR_MS = 3_600_000;

/** The health of API and parts as this reader may see it: now, for 90 days, and what the last day's trouble cost. */
export async function loadHealth() {
  const { grant, role } = await requireViewer("service_health.read");
  const db = consoleDatabase();
  const now = new Date();
  const { timeZone } = consoleSettings();
  const [days, hours] = await Promise.all([
    readDaySteps(db, { count: DAYS, now, timeZone }),
    readHourSteps(db, { count: HOURS, now, timeZone }),
  ]);
  // Read before what it stands for: a change in between makes the page anew once more, instead of never.
  const stamp = await readHealthStamp(db);
  const lastDay = { from: hours.starts[0] ?? now, to: now };
  const [
    standings,
    cells,
    latencies,
    incidents,
    errors,
    circuits,
    hold,
    handSwitch,
    calls,
    cost,
    saved,
    policy,
  ] = await Promise.all([
    listStandings(db),
    listProbeCells(db, days),
    listProbeLatencies(db, new Date(now.getTime() - HOURS * HOUR_MS)),
    listIncidents(db, days.starts[0] ?? now),
    countErrors(db, lastDay),
    listCircuits(db, now),
    findCircuitHold(db, now),
    findCircuitSwitch(db),
    listLatencyCells(db, hours),
    countCost(db, lastDay),
    countSaved(db, lastDay),
    findCurrentPolicy(db),
  ]);
  const failed = errors.filter(({ reason }) => reason !== "none");
  return {
    now,
    days,
    hours,
    lines: linesOf({ standings, cells, latencies, incidents, steps: days }, now),
    verdict: verdictOf(standings, incidents, now),
    incidents: incidents.map((incident) => toldIncident(incident, grant)),
    latency: latencyPoints(calls, hours.starts.length, grant),
    /** The longest a login waits for the API, by the rules in force. */
    limitMs: policy?.values.apiTimeoutMs ?? DEFAULT_POLICY_VALUES.apiTimeoutMs,
    /** Null where one of them is too small for this reader. */
    errors: hidesSmall(grant, ...failed.map((error) => error.calls)) ? null : failed,
    calls: errors.reduce((sum, error) => sum + error.calls, 0),
    cost: hidesSmall(grant, cost.toLegacy, cost.gotIn, cost.unreported, cost.toLegacy - cost.gotIn, saved)
      ? null
      : { ...cost, saved },
    circuits,
    hold,
    /** What an act on the circuit's switch was thought out on. */
    switchVersion: handSwitch?.version ?? 0,
    mayHold: grantOf(role, "circuit.change") !== null,
    stamp,
  };
}
export type HealthData = Awaited<ReturnType<typeof loadHealth>>;

/** What the provider's status page says; null where none was configured. */
export async function loadStatusPage(): Promise<StatusPage | null> {
  await requireViewer("service_health.read");
  const { providerStatusUrl } = consoleSettings();
  return providerStatusUrl === null ? null : readStatusPage(providerStatusUrl);
}

/** The stamp of the room, for a page in view that follows along. No use of the session. */
export async function loadHealthStamp(): Promise<string> {
  await requireCaller("service_health.read", { isUse: false });
  return readHealthStamp(consoleDatabase());
}
