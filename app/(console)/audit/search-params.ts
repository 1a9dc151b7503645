import { z } from "zod";
import type { AuditedEntity, SubjectRef } from "#lib/audit/types.ts";
import { AUDIT_ACTIONS, AUDITED_ENTITIES } from "#lib/audit-log/rules.ts";
import { LOG_RESULTS, LOG_TIMES, type LogFilters, type LogPlace, SYSTEM } from "#lib/audit-log/types.ts";
import { isId } from "#lib/ids.ts";
import { cursorOf, cursorText, day, listOf, pathWith, word, wordsIn } from "../search-words.ts";

export type AuditSearch = { filters: LogFilters; place: LogPlace; entry: string | null };

const MAX_WORDS = 20;
/** Our own ids: of a row, or the number of a version. Never anything that could be an identifier of a person. */
const ENTITY_ID = /^([0-9a-f-]{36}|\d{1,9})$/i;
const SUBJECT_REF = /^(\d{1,6})-([0-9a-f]{64})$/;

const searchSchema = z.object({
  time: z.enum(LOG_TIMES).nullable().catch(null),
  from: day,
  to: day,
  who: word.transform((list) =>
    wordsIn(list)
      .filter((one) => one === SYSTEM || isId(one))
      .slice(0, MAX_WORDS),
  ),
  act: listOf(AUDIT_ACTIONS),
  object: listOf(AUDITED_ENTITIES),
  about: word.transform(entityOf),
  result: listOf(LOG_RESULTS),
  whom: word.transform((list) => wordsIn(list).slice(0, MAX_WORDS).flatMap(subjectOf)),
  order: z.literal("oldest").or(z.literal("newest")).catch("newest"),
  after: word,
  before: word,
  unfold: word.transform((text) => (text === "all" ? text : wordsIn(text).filter(isId).slice(0, MAX_WORDS))),
  entry: word.transform((id) => (isId(id) ? id : null)),
});

/** Reads the URL of the log; whatever is not on the lists of values is left out. */
export function parseAuditSearch(raw: Record<string, string | string[] | undefined>): AuditSearch {
  const { order, after, before, unfold, entry, about, time, from, to, ...lists } = searchSchema.parse(raw);
  const [first, last] = from !== null && to !== null && from > to ? [to, from] : [from, to];
  const days = time === null ? { from: first, to: last } : { from: null, to: null };
  const cursor = cursorOf(after, "after") ?? cursorOf(before, "before");
  return {
    filters: { time, ...days, entity: about, ...lists },
    place: { order, cursor, unfold },
    entry,
  };
}

function entityOf(text: string): LogFilters["entity"] {
  const [kind = "", id = ""] = text.split(":");
  const type = AUDITED_ENTITIES.find((one): one is AuditedEntity => one === kind);
  return type !== undefined && ENTITY_ID.test(id) ? { type, id } : null;
}

function subjectOf(text: string): SubjectRef[] {
  const [, epoch, ref] = SUBJECT_REF.exec(text) ?? [];
  return epoch === undefined || ref === undefined ? [] : [{ epoch: Number(epoch), ref }];
}

const subjectText = ({ epoch, ref }: SubjectRef): string => `${epoch}-${ref}`;

/** The address of the log with these filters, at this place, with this entry open. */
export function auditPath({ filters, place, entry }: AuditSearch): string {
  const query = new URLSearchParams();
  const set = (name: string, value: string) => {
    if (value !== "") query.set(name, value);
  };
  const { time, from, to, entity, whom, who, act, object, result } = filters;
  set("time", time ?? "");
  set("from", from ?? "");
  set("to", to ?? "");
  set("who", who.join(","));
  set("act", act.join(","));
  set("object", object.join(","));
  set("about", entity === null ? "" : `${entity.type}:${entity.id}`);
  set("result", result.join(","));
  set("whom", whom.map(subjectText).join(","));
  if (place.order === "oldest") set("order", place.order);
  if (place.cursor) set(place.cursor.direction, cursorText(place.cursor));
  set("unfold", place.unfold === "all" ? "all" : place.unfold.join(","));
  set("entry", entry ?? "");
  return pathWith("/audit", query);
}
