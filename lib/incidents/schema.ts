/** What is asked in every round: the calls of the API that logins and requests need, and the parts of Gatehouse. */
export const API_PROBES = ["verify", "enroll", "update", "delete", "liveness", "check_icao"] as const;
export const PROBES = [...API_PROBES, "gateways", "unleash", "database", "worker"] as const;
/** What can be in trouble as one: an incident is of one part. */
export const PARTS = ["api", "gateways", "unleash", "database", "worker"] as const;

/** Why a part is in trouble. Those of the API are the failures of lib/multibiometrics; `slow` answered, too late. */
export const TROUBLE_CAUSES = [
  "unauthorized",
  "quota_exhausted",
  "rate_limited",
  "endpoint_missing",
  "server_error",
  "timed_out",
  "unreachable",
  "answer_unreadable",
  "answer_unexpected",
  "slow",
  "silent",
] as const;

/** What showed it: a probe of ours, or the calls that logins made. */
export const EVIDENCE = ["probes", "calls"] as const;

export type ApiProbe = (typeof API_PROBES)[number];
export type Probe = (typeof PROBES)[number];
export type Part = (typeof PARTS)[number];
export type TroubleCause = (typeof TROUBLE_CAUSES)[number];
export type Evidence = (typeof EVIDENCE)[number];

/** The bucket of `probe_hours` that counts what failed; the others are those of lib/recording/rules.ts. */
export const FAILED_BUCKET = -1;
