import type { Grant } from "#lib/auth/policy.ts";
import { isApiProbe } from "#lib/incidents/rules.ts";
import {
  API_PROBES,
  type ApiProbe,
  PARTS,
  type Part,
  type Probe,
  type TroubleCause,
} from "#lib/incidents/schema.ts";
import { hidesSmall } from "#lib/rates/rules.ts";
import { percentileMs } from "#lib/recording/rules.ts";
import type { TimeSteps } from "#lib/time-steps.ts";
import type {
  DayState,
  HealthDay,
  HealthLine,
  Incident,
  ProbeCell,
  ProbeLatency,
  Standing,
  Verdict,
} from "./types.ts";

/** Shares of what was asked in a day that failed, from which the day is marked, as in the strip of the overview. */
const SOME_SHARE = 0;
const FAILING_SHARE = 0.1;
/** A probe that was asked longer ago says nothing of now. */
const ASKED_WITHIN_MS = 60_000;

const stateOf = (failedShare: number | null): DayState => {
  if (failedShare === null) return "unknown";
  if (failedShare >= FAILING_SHARE) return "failing";
  return failedShare > SOME_SHARE ? "some_errors" : "working";
};

/** The lines of the table: each part, and below the API its calls that were ever asked. */
export function linesOf(
  known: {
    standings: readonly Standing[];
    cells: readonly ProbeCell[];
    latencies: readonly ProbeLatency[];
    incidents: readonly Incident[];
    steps: TimeSteps;
  },
  now: Date,
): HealthLine[] {
  const asked = new Set(known.standings.map(({ probe }) => probe));
  const lines: (Part | ApiProbe)[] = PARTS.flatMap((part) =>
    part === "api" ? [part, ...API_PROBES.filter((probe) => asked.has(probe))] : [part],
  );
  return lines.map((line) => lineOf(line, known, now));
}

type Known = Parameters<typeof linesOf>[0];

function lineOf(line: Part | ApiProbe, known: Known, now: Date): HealthLine {
  const isOwn = (probe: Probe) => (line === "api" ? isApiProbe(probe) : probe === line);
  const days = line === "worker" ? watchedDays(known) : askedDays(known, isOwn);
  const histogram = line === "api" ? [] : known.latencies.filter(({ probe }) => isOwn(probe));
  const own = known.standings.filter(({ probe }) => isOwn(probe));
  const askedAt = own.map(({ at }) => at).toSorted((a, b) => b.getTime() - a.getTime())[0] ?? null;
  const lately = own.filter(({ at }) => now.getTime() - at.getTime() < ASKED_WITHIN_MS);
  const cause =
    lately.find((standing) => standing.cause !== null)?.cause ?? openCauseOf(line, known.incidents);
  return {
    line,
    ...days,
    p50Ms: line === "worker" ? null : percentileMs(histogram, 0.5),
    p95Ms: line === "worker" ? null : percentileMs(histogram, 0.95),
    now: lately.length === 0 && cause === null ? "unknown" : cause === null ? "working" : "trouble",
    cause,
    askedAt,
  };
}

/** Why a part is in trouble by an incident alone, as by the calls of logins; a call of the API has its probe. */
function openCauseOf(line: Part | ApiProbe, incidents: readonly Incident[]) {
  const open = incidents.find(({ part, closedAt }) => part === line && closedAt === null);
  return open?.causes.at(-1) ?? null;
}

type Days = Pick<HealthLine, "days" | "upShare">;

function askedDays({ cells, steps }: Known, isOwn: (probe: Probe) => boolean): Days {
  const own = cells.filter(({ probe }) => isOwn(probe));
  const sumOf = (some: readonly ProbeCell[]) => ({
    asked: some.reduce((sum, { asked }) => sum + asked, 0),
    failed: some.reduce((sum, { failed }) => sum + failed, 0),
  });
  const shareOf = (some: readonly ProbeCell[]) => {
    const { asked, failed } = sumOf(some);
    return asked === 0 ? null : failed / asked;
  };
  const days = steps.starts.map((at, place): HealthDay => {
    const failedShare = shareOf(own.filter(({ step }) => step === place));
    return { at, failedShare, state: stateOf(failedShare) };
  });
  const failedShare = shareOf(own);
  return { days, upShare: failedShare === null ? null : 1 - failedShare };
}

/** The worker asks and is not asked: what is known of it are its rounds, and the times without any. */
function watchedDays({ cells, incidents, steps }: Known): Days {
  const away = incidents.filter(({ part }) => part === "worker");
  const ends = [...steps.starts.slice(1), steps.now];
  const awayMs = (from: Date, to: Date) =>
    away.reduce((sum, { openedAt, closedAt }) => sum + overlapMs(from, to, openedAt, closedAt ?? to), 0);
  const watched = new Set(cells.filter(({ probe }) => probe === "worker").map(({ step }) => step));
  const days = steps.starts.map((at, place): HealthDay => {
    const end = ends[place] ?? steps.now;
    const lostMs = awayMs(at, end);
    if (!watched.has(place) && lostMs === 0) return { at, failedShare: null, state: "unknown" };
    const failedShare = lostMs / (end.getTime() - at.getTime());
    return { at, failedShare, state: stateOf(failedShare) };
  });
  const told = days.flatMap(({ failedShare }) => (failedShare === null ? [] : [failedShare]));
  const upShare = told.length === 0 ? null : 1 - told.reduce((sum, share) => sum + share, 0) / told.length;
  return { days, upShare };
}

function overlapMs(from: Date, to: Date, begins: Date, ends: Date): number {
  return Math.max(0, Math.min(to.getTime(), ends.getTime()) - Math.max(from.getTime(), begins.getTime()));
}

/** An incident that ended so long ago is still what the heading tells. */
const TOLD_FOR_MS = 3_600_000;
/** Of several, the one that costs logins is told. */
const WEIGHT: readonly Part[] = ["api", "gateways", "database", "unleash", "worker"];

/** What the heading says: nobody looks, something is in trouble, something was a moment ago, or all is well. */
export function verdictOf(
  standings: readonly Standing[],
  incidents: readonly Incident[],
  now: Date,
): Verdict {
  const last = standings.find(({ probe }) => probe === "worker")?.at ?? null;
  if (last === null || now.getTime() - last.getTime() > ASKED_WITHIN_MS)
    return { kind: "unwatched", since: last };
  const byWeight = incidents.toSorted((a, b) => WEIGHT.indexOf(a.part) - WEIGHT.indexOf(b.part));
  const open = byWeight.find(({ closedAt }) => closedAt === null);
  if (open) return { kind: "trouble", incident: open };
  const over = byWeight.find(
    ({ closedAt }) => closedAt !== null && now.getTime() - closedAt.getTime() < TOLD_FOR_MS,
  );
  return over ? { kind: "over", incident: over } : { kind: "well" };
}

/** The incident as this reader may see it. */
export function toldIncident(incident: Incident, grant: Grant): Incident {
  const { logins, people } = incident;
  const hides = hidesSmall(grant, logins ?? 0, people ?? 0);
  return hides ? { ...incident, logins: null, people: null } : incident;
}

/** What is wrong on the way to the API, or by an agreement with its provider: their service may work. */
const BETWEEN: ReadonlySet<TroubleCause> = new Set([
  "unauthorized",
  "quota_exhausted",
  "rate_limited",
  "endpoint_missing",
  "unreachable",
]);

/** Whose an incident is: the provider's, ours, or something between the two, as a key or the network. */
export function sideOf({ part, causes }: Pick<Incident, "part" | "causes">): "theirs" | "ours" | "between" {
  if (part !== "api") return "ours";
  return causes.every((cause) => BETWEEN.has(cause)) ? "between" : "theirs";
}
