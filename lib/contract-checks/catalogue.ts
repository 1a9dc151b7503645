import type { Check } from "./check.ts";
import { faceChecks } from "./face-checks.ts";
import { deletionChecks, peopleChecks } from "./people-checks.ts";
import { pictureChecks } from "./picture-checks.ts";
import { transportChecks } from "./transport-checks.ts";
import type { ApiKind } from "./types.ts";

/** Every check, in the order in which they are made. */
export const CATALOGUE: readonly Check[] = [
  ...transportChecks,
  ...pictureChecks,
  ...peopleChecks,
  ...faceChecks,
  ...deletionChecks,
];

/** How many people a run sends to be enrolled; each takes at most two more calls to be deleted for certain. */
export const TEST_PEOPLE = 4;
const CALLS_TO_CLEAR_AWAY = 2 * TEST_PEOPLE;

export type Plan = { checks: readonly Check[]; calls: number; testPeople: number };

/** What a run against such an API makes: against production nothing that could write anybody. */
export function planFor(kind: ApiKind): Plan {
  const checks = kind === "production" ? CATALOGUE.filter(({ writes }) => !writes) : CATALOGUE;
  const calls = checks.reduce((sum, check) => sum + check.calls, 0);
  const writes = checks.some((check) => check.writes);
  return {
    checks,
    calls: calls + (writes ? CALLS_TO_CLEAR_AWAY : 0),
    testPeople: writes ? TEST_PEOPLE : 0,
  };
}
