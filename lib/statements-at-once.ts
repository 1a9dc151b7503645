/** With more calls than this in one statement, many come. */
const MANY = 4;

/**
 * How many statements of one kind may be under way, by the number of calls in the last one. Quiet, two: nobody waits while
 * another's statement waits for a lock or for the disk. Busy, one: what gathers meanwhile goes together.
 */
export const statementsAtOnce = (callsInLast: number): number => (callsInLast > MANY ? 1 : 2);
