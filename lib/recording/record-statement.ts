import { type SQL, sql } from "drizzle-orm";
import { encodeEvents } from "./encode-events.ts";
import { RECORD_SQL } from "./statement.ts";
import type { EventBatch } from "./types.ts";

/** The recorder's own statement, to be written into a transaction of the caller's instead of one of its own. */
export function recordStatement(batch: EventBatch): SQL {
  const { opened, verifications, closed } = encodeEvents(batch);
  const parameters = [opened, verifications, closed].map((events) => `[${events.join(",")}]`);
  const parts = RECORD_SQL.split(/\$([123])/).map((part, place) =>
    place % 2 === 0 ? sql.raw(part) : sql`${parameters[Number(part) - 1]}`,
  );
  return sql.join(parts);
}
