import { API_PROBES, type ApiProbe, type Part, type Probe, type TroubleCause } from "./schema.ts";
import type { Finding, IncidentStep, MinuteOfCalls, OpenIncident, Trouble } from "./types.ts";

/** An incident is over once nothing of it was seen for so long; it ended when that began. */
const QUIET_MS = 25_000;

const ofApi: ReadonlySet<Probe> = new Set(API_PROBES);
export const isApiProbe = (probe: Probe): probe is ApiProbe => ofApi.has(probe);

/** The part a probe speaks for. */
export const partOf = (probe: Probe): Part => (isApiProbe(probe) ? "api" : probe);

const union = <T>(known: readonly T[], more: readonly T[]): T[] => [...new Set([...known, ...more])];

/**
 * The trouble that a round of probes shows of a part; null where all of it is well. The cause is that of the first probe
 * that fails, in the order of `PROBES`: of the API `verify` speaks first, which is what logins wait for.
 */
export function troubleIn(part: Part, findings: readonly Finding[]): Trouble | null {
  const failing = findings.filter(({ probe, cause }) => partOf(probe) === part && cause !== null);
  const cause = failing[0]?.cause ?? null;
  if (cause === null) return null;
  const operations = failing.map(({ probe }) => probe).filter(isApiProbe);
  return { part, cause, evidence: "probes", operations };
}

/** Trouble is read from calls where at least so many failed, and this share of them. */
const FAILED_CALLS = 5;
const FAILED_SHARE = 0.2;

/** The trouble at the API that the last minute's calls show; null where few failed. The most frequent cause speaks. */
export function troubleOfCalls({ calls, failed }: MinuteOfCalls): Trouble | null {
  const failures = failed.reduce((sum, { calls: some }) => sum + some, 0);
  const [worst] = failed.toSorted((a, b) => b.calls - a.calls);
  if (worst === undefined || failures < FAILED_CALLS || failures < calls * FAILED_SHARE) return null;
  return { part: "api", cause: worst.cause, evidence: "calls", operations: ["verify"] };
}

/**
 * What becomes of a part's incident. It opens with the first trouble, for a probe fails only if it failed twice; it gathers
 * what is seen of it; it ends once nothing was seen for 25 s, at the moment from which that was so.
 */
export function stepOf(open: OpenIncident | null, troubles: readonly Trouble[], at: Date): IncidentStep {
  const [trouble] = troubles;
  if (open === null) {
    if (trouble === undefined) return { kind: "none" };
    return { kind: "open", trouble: { ...trouble, operations: troubles.flatMap((one) => one.operations) } };
  }
  if (trouble !== undefined) {
    return {
      kind: "go_on",
      causes: union(
        open.causes,
        troubles.map(({ cause }) => cause),
      ),
      evidence: union(
        open.evidence,
        troubles.map(({ evidence }) => evidence),
      ),
      operations: union(
        open.operations,
        troubles.flatMap(({ operations }) => operations),
      ),
    };
  }
  if (open.wellSince === null) return { kind: "rest", since: at };
  if (at.getTime() - open.wellSince.getTime() < QUIET_MS) return { kind: "none" };
  return { kind: "close", at: open.wellSince };
}

/** Rounds closer than this to the last one are another worker's of the same moment, and are not counted again. */
const SAME_ROUND_MS = 8_000;
/** Without a round for so long no worker was there. */
const SILENCE_MS = 60_000;

/** How a round lies to the one before: the same, the next, or the first after a time without any worker. */
export function placeOf(at: Date, last: Date | null): "same" | "next" | "after_silence" {
  if (last === null) return "next";
  const sinceMs = at.getTime() - last.getTime();
  if (sinceMs < SAME_ROUND_MS) return "same";
  return sinceMs < SILENCE_MS ? "next" : "after_silence";
}

const CAUSE_OF_REASON: Readonly<Record<string, TroubleCause>> = {
  api_timed_out: "timed_out",
  api_unreachable: "unreachable",
  api_unauthorized: "unauthorized",
  api_quota_exhausted: "quota_exhausted",
  api_rate_limited: "rate_limited",
  api_server_error: "server_error",
  api_answer_unreadable: "answer_unreadable",
  api_refused: "answer_unexpected",
};

/** The cause a verification's reason stands for; null for a circuit that was open, which is what other causes led to. */
export const causeOfReason = (reason: string): TroubleCause | null => CAUSE_OF_REASON[reason] ?? null;

/** So long an incident's cost is counted anew in every round, and of a longer one this often: soon after its end, too. */
const YOUNG_MS = 30 * 60_000;
const RECOUNT_EVERY_MS = 4 * 60_000;

/**
 * Whether what an incident cost is to be counted in this round. Counting reads the history from its opening on, and that
 * may be weeks ago, where what is missing is an agreement with the provider.
 */
export function isCountDue(openedAt: Date, at: Date, last: Date | null): boolean {
  const ageMs = at.getTime() - openedAt.getTime();
  if (last === null || ageMs <= YOUNG_MS) return true;
  const countOf = (time: Date) => Math.floor((time.getTime() - openedAt.getTime()) / RECOUNT_EVERY_MS);
  return countOf(at) !== countOf(last);
}
