import type { VerdictReason } from "#lib/rollout-evidence/schema.ts";
import type { Scenario } from "./scenarios.ts";

/** How a rollout went so far. */
export type Course = {
  state: "planned" | "running" | "completed" | "rolled_back" | "replaced";
  highestPercent: number;
  /** What the rule says of the present stage, and since how many seconds it has said so. */
  reason: VerdictReason | null;
  reasonForSeconds: number;
  /** Whether what the scenario plays has begun, and whether it is over; true where it plays all along. */
  hasStruck: boolean;
  strikeIsOver: boolean;
  deadEnds: number;
};

/** A scenario's end: whether it is the one it should have, in a sentence. */
export type CourseEnd = { asItShould: boolean; because: string };

/** So long a stage is held for its limit before that counts as the end. */
const HELD_SECONDS = 30;

/** The end of a scenario, or null while it goes on. */
export function endOf(scenario: Scenario, course: Course): CourseEnd | null {
  const ended = endedAs(scenario, course);
  if (ended === null || course.deadEnds === 0) return ended;
  return { asItShould: false, because: `${ended.because} ${course.deadEnds} logins had no answer.` };
}

function endedAs(scenario: Scenario, course: Course): CourseEnd | null {
  const { state, highestPercent, hasStruck, strikeIsOver } = course;
  const isOver = state === "completed" || state === "rolled_back" || state === "replaced";
  if (scenario === "slow" && isHeldByLimit(course))
    return end(highestPercent < 50, `The rule held it at ${highestPercent} % for the limit of slow calls.`);
  if (!isOver || (scenario === "outage" && hasStruck && !strikeIsOver)) return null;
  const how =
    state === "completed" ? "It reached full release." : `It was rolled back from ${highestPercent} %.`;
  switch (scenario) {
    case "harmless":
      return end(state === "completed" && highestPercent === 100, how);
    case "harmful":
      return end(state === "rolled_back" && highestPercent < 100, how);
    case "slow":
      return end(state === "rolled_back" && highestPercent < 50, how);
    case "incident":
      return end(
        state === "completed" && hasStruck,
        `${how} ${hasStruck ? "" : "The incident never struck."}`,
      );
    case "outage":
      return end(hasStruck, `${how} ${hasStruck ? "Everybody had a way in." : "The outage never struck."}`);
  }
}

const end = (asItShould: boolean, because: string): CourseEnd => ({ asItShould, because: because.trim() });

const isHeldByLimit = ({ state, reason, reasonForSeconds }: Course): boolean =>
  state === "running" && reason === "limit_in_doubt" && reasonForSeconds >= HELD_SECONDS;
