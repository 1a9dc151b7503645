import { isId } from "#lib/ids.ts";
import type { EventBatch } from "./types.ts";

/** One call's events, each already the JSON text that the statement and the journal take. */
export type EncodedEvents = { opened: string[]; verifications: string[]; closed: string[] };

/** Turns events into JSON once, when they are handed over, so that no later change by the caller can reach them. */
export function encodeEvents(batch: EventBatch): EncodedEvents {
  return {
    opened: (batch.opened ?? []).map(encode),
    verifications: (batch.verifications ?? []).map(encode),
    closed: (batch.closed ?? []).map(encode),
  };
}

function encode({ subject, ...event }: { subject?: { customId: string } }): string {
  return JSON.stringify(subject ? { ...event, customId: subject.customId } : event);
}

/** The journal's text of one call. */
export const toLine = (events: EncodedEvents): string =>
  `{"opened":[${events.opened}],"verifications":[${events.verifications}],"closed":[${events.closed}]}`;

export type EventKind = "opened" | "verification" | "closed";
export type EventHead = { kind: EventKind; id: string; openedAt: Date; happenedAt: Date };

type ParsedEvent = { id?: string; loginId?: string; openedAt: string; at?: string };

/**
 * Reads a line back, event by event, keeping those that `isKept` accepts and telling the others apart.
 * @throws when the text is not what toLine wrote of events with ids and times.
 */
export function fromLine(
  line: string,
  isKept: (event: EventHead) => boolean,
): { kept: EncodedEvents; leftOut: EventHead[]; all: EventHead[] } {
  const parsed = JSON.parse(line) as Record<keyof EncodedEvents, ParsedEvent[]>;
  const all: EventHead[] = [];
  const leftOut: EventHead[] = [];
  const keep = (kind: EventKind, events: ParsedEvent[]) =>
    events
      .filter((event) => {
        const head = headOf(kind, event);
        all.push(head);
        if (isKept(head)) return true;
        leftOut.push(head);
        return false;
      })
      .map((event) => JSON.stringify(event));
  const kept = {
    opened: keep("opened", parsed.opened),
    verifications: keep("verification", parsed.verifications),
    closed: keep("closed", parsed.closed),
  };
  return { kept, leftOut, all };
}

function headOf(kind: EventKind, event: ParsedEvent): EventHead {
  const id = (kind === "closed" ? event.loginId : event.id) ?? "";
  const openedAt = new Date(event.openedAt);
  const happenedAt = event.at === undefined ? openedAt : new Date(event.at);
  if (!isId(id) || Number.isNaN(openedAt.getTime()) || Number.isNaN(happenedAt.getTime())) {
    throw new TypeError("an event without id or time");
  }
  return { kind, id, openedAt, happenedAt };
}
