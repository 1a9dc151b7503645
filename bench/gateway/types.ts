/** Who is asked: what the answer of a login that got in holds. */
export type Target = { url: string; approved: string };

/** `perSecond`: requests are sent when they are due, whatever became of those before; null: as fast as answers come. */
export type LoadOrder = {
  target: Target;
  seconds: number;
  connections: number;
  perSecond: number | null;
};

/** Latencies in milliseconds, from when the request was due, in the order of the answers. */
export type LoadResult = { approved: number; others: number; seconds: number; latenciesMs: number[] };

/** What logs in: an application's key and the people it may send, each with the same picture. */
export type LoadSubjects = { key: string; customIds: string[]; faceBase64: string };
