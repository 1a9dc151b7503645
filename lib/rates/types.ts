/** A share between 0 and 1 with its 95 % interval. */
export type Rate = { share: number; low: number; high: number };

/** What a reader is told of a share: a rate with its interval, or only a count where there are too few. */
export type Share = { count: number; of: number; rate: Rate | null };
