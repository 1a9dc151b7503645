import type { Sql } from "postgres";
import { type DatabaseTrouble, troubleOf } from "./database-trouble.ts";
import { type EncodedEvents, encodeEvents } from "./encode-events.ts";
import { RECORD_SQL } from "./statement.ts";
import type { EventBatch } from "./types.ts";

/** How many events were new to the database. */
export type Inserted = { opened: number; verifications: number; closed: number };

/** The months for which partitions may be made: nothing before `from`, nothing after `to`. */
export type PartitionWindow = { from: Date; to: Date };

const MAX_RACES_LOST = 5;

/**
 * Writes events in one committed statement and says how many were new. For callers that can wait for the database, such
 * as the console and the worker; a gateway goes through a Recorder.
 * @throws whatever the database throws; nothing is then recorded, unless the connection broke at the commit. Repeating
 * it is always safe.
 */
export const writeEvents = (sql: Sql, batch: EventBatch): Promise<Inserted> =>
  writeEncoded(sql, [encodeEvents(batch)]);

/** Like writeEvents, for the events of several calls together. */
export async function writeEncoded(sql: Sql, calls: readonly EncodedEvents[]): Promise<Inserted> {
  const parameters = (["opened", "verifications", "closed"] as const).map(
    (kind) => `[${calls.flatMap((call) => call[kind]).join(",")}]`,
  );
  for (let lost = 0; ; lost += 1) {
    try {
      const [row] = await sql.unsafe<Inserted[]>(RECORD_SQL, parameters, { prepare: true });
      const { opened, verifications, closed } = row ?? { opened: 0, verifications: 0, closed: 0 };
      return { opened, verifications, closed };
    } catch (error) {
      if (lost >= MAX_RACES_LOST || troubleOf(error) !== "again") throw error;
    }
  }
}

export type Refusal = (call: number, trouble: DatabaseTrouble, error: unknown) => void;

/**
 * Commits the events of several calls, making missing partitions and finding out the calls that the database can never
 * take, so that one bad call costs no other. Those are handed to `refuse` by their place in `calls`.
 * @throws when the database is away; what was committed until then is safe to repeat.
 */
export async function commitCalls(
  sql: Sql,
  calls: readonly EncodedEvents[],
  window: PartitionWindow,
  refuse: Refusal,
): Promise<void> {
  const commit = async (first: number, end: number): Promise<void> => {
    const part = calls.slice(first, end);
    const failure = await tryCommit(sql, part, window);
    if (!failure) return;
    if (failure.trouble === "away" || failure.trouble === "again") throw failure.error;
    if (part.length <= 1) return refuse(first, failure.trouble, failure.error);
    const middle = first + Math.ceil(part.length / 2);
    await commit(first, middle);
    await commit(middle, end);
  };
  await commit(0, calls.length);
}

async function tryCommit(sql: Sql, calls: readonly EncodedEvents[], window: PartitionWindow) {
  const failure = await failureOf(() => writeEncoded(sql, calls));
  if (failure?.trouble !== "partition") return failure;
  const unmade = await failureOf(() => makePartitions(sql, calls, window));
  return unmade ? failure : failureOf(() => writeEncoded(sql, calls));
}

async function failureOf(work: () => Promise<unknown>) {
  try {
    await work();
    return undefined;
  } catch (error) {
    return { trouble: troubleOf(error), error };
  }
}

async function makePartitions(sql: Sql, calls: readonly EncodedEvents[], { from, to }: PartitionWindow) {
  const months = new Set<string>();
  for (const event of calls.flatMap((call) => [...call.opened, ...call.verifications, ...call.closed])) {
    const openedAt = new Date((JSON.parse(event) as { openedAt: string }).openedAt);
    if (openedAt >= from && openedAt <= to) months.add(`${openedAt.toISOString().slice(0, 7)}-01`);
  }
  for (const month of [...months].sort()) await sql`select make_event_partitions(${month}, ${month})`;
}
