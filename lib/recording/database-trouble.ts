/**
 * What a failed statement means for the events in it.
 * `again`: lost a race with another gateway, nothing was kept. `partition`: their month has no partition.
 * `refused`: these events can never be stored. `away`: the database is not there for us now; the outcome is unknown.
 */
export type DatabaseTrouble = "again" | "partition" | "refused" | "away";

const LOST_RACE = new Set(["40001", "40P01"]);
const CHECK_VIOLATION = "23514";
/** Data exceptions, broken constraints, limits of a value. */
const ABOUT_THE_DATA = new Set(["22", "23", "54"]);

/** Sorts an error of PostgreSQL or of the way to it; everything that is not about the events themselves is `away`. */
export function troubleOf(error: unknown): DatabaseTrouble {
  if (!(error instanceof Error) || error.name !== "PostgresError") return "away";
  const { code = "", constraint_name } = error as { code?: string; constraint_name?: string };
  if (LOST_RACE.has(code)) return "again";
  // PostgreSQL reports a row without a partition as a check violation that names no constraint.
  if (code === CHECK_VIOLATION && constraint_name === undefined) return "partition";
  return ABOUT_THE_DATA.has(code.slice(0, 2)) ? "refused" : "away";
}
