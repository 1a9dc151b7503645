const AWAY_CODES = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOTFOUND",
  "ENOENT",
  "ETIMEDOUT",
  "CONNECT_TIMEOUT",
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
  // Shutting down, crashed, starting up, canceled by its time limit.
  "57P01",
  "57P02",
  "57P03",
  "57014",
]);

/** Whether the failure means that PostgreSQL cannot be reached or does not answer in time. */
export function isDatabaseAway(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && typeof cause.code === "string" && AWAY_CODES.has(cause.code)) return true;
  }
  return false;
}
