import { basename } from "node:path";
import type { Sql } from "postgres";
import type { Clock } from "#lib/clock.ts";
import type { Log } from "#lib/log.ts";
import { type EncodedEvents, type EventHead, fromLine } from "./encode-events.ts";
import type { ClosedSegment, Journal, JournalLine } from "./journal.ts";
import { commitCalls, type PartitionWindow } from "./write-events.ts";

const LINES_AT_ONCE = 200;
const DAY_MS = 86_400_000;
/** Partitions are made this far ahead; an event from beyond comes from a clock that is wrong. */
const AHEAD_DAYS = 62;

/** The time for which raw events are kept or may be recorded. */
export function windowAt(now: Date, retentionDays: number): PartitionWindow {
  return {
    from: new Date(now.getTime() - retentionDays * DAY_MS),
    to: new Date(now.getTime() + AHEAD_DAYS * DAY_MS),
  };
}

export type ReplayOptions = {
  sql: Sql;
  journal: Journal;
  clock: Clock;
  log: Log;
  retentionDays: () => number;
  /** Ends the replay between two statements; the segment then stays. */
  signal: AbortSignal;
};

type Line = { raw: string; kept: EncodedEvents; all: EventHead[] };

/**
 * Brings one segment into the database and deletes it after the last commit. Every line ends in exactly one place: in
 * the tables, counted as expired, or kept aside because it cannot be read or stored.
 * @throws when the database is away; the segment then stays and is replayed again from its start.
 */
export async function replaySegment(segment: ClosedSegment, options: ReplayOptions): Promise<void> {
  const { journal, log } = options;
  const lines = await journal.read(segment);
  const rejected: string[] = [];
  let expired = 0;
  for (let first = 0; first < lines.length; first += LINES_AT_ONCE) {
    options.signal.throwIfAborted();
    const done = await replayLines(lines.slice(first, first + LINES_AT_ONCE), options);
    rejected.push(...done.rejected);
    expired += done.expired;
  }
  if (rejected.length > 0) await journal.keepAside(basename(segment.path), rejected);
  await journal.drop(segment);
  log.info({ lines: lines.length, expired, rejected: rejected.length }, "replayed a journal segment");
}

async function replayLines(lines: readonly JournalLine[], options: ReplayOptions) {
  const { sql, clock, log } = options;
  const window = windowAt(clock(), options.retentionDays());
  const expired: EventHead[] = [];
  const rejected: string[] = [];
  const readable: Line[] = [];
  for (const { text, raw } of lines) {
    const line = text === null ? null : parse(text, window);
    if (line) {
      readable.push({ ...line, raw });
      expired.push(...line.leftOut);
    } else {
      rejected.push(raw);
      log.error("a journal line cannot be read with this key; it is kept aside");
    }
  }
  const calls = readable.map(({ kept }) => kept);
  await commitCalls(sql, calls, window, (place, trouble, error) => {
    const line = readable[place];
    if (!line) return;
    if (trouble === "partition") expired.push(...line.all);
    else {
      rejected.push(line.raw);
      log.error({ code: codeOf(error) }, "the database refuses a journal line; it is kept aside");
    }
  });
  await countExpired(sql, expired, clock());
  return { expired: expired.length, rejected };
}

function parse(text: string, { from, to }: PartitionWindow) {
  try {
    return fromLine(text, ({ openedAt }) => openedAt >= from && openedAt <= to);
  } catch {
    return null;
  }
}

/** The error's message may hold values; its code holds none. */
const codeOf = (error: unknown): string | undefined => (error as { code?: string }).code;

async function countExpired(sql: Sql, events: readonly EventHead[], replayedAt: Date): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map(({ id, kind, happenedAt }) => ({ id, kind, happenedAt }));
  await sql`
    insert into expired_events (id, kind, happened_at, replayed_at)
    select e.id, e.kind, e."happenedAt", ${replayedAt.toISOString()}
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as e(id uuid, kind text, "happenedAt" timestamptz(3))
    order by e.id, e.kind
    on conflict do nothing`;
}
