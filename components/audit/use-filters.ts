import { useFormatter, useTranslations } from "next-intl";
import type { FilterChoice } from "#components/ui/filter-choices.tsx";
import type { AuditAction } from "#lib/audit/types.ts";
import { entityOf, kindOf, toggledIn } from "#lib/audit-log/rules.ts";
import {
  ACT_KINDS,
  LOG_RESULTS,
  LOG_TIMES,
  type LogFilters,
  type LogNames,
  SYSTEM,
} from "#lib/audit-log/types.ts";
import { useEntryText } from "./use-entry-text.ts";

/** What the reader's part of the log can be narrowed to. */
export type Offered = { who: readonly { id: string; name: string | null }[]; acts: readonly AuditAction[] };

export type LogFilter = {
  name: "time" | "who" | "act" | "object" | "result";
  /** In words; null where everything passes. */
  chosen: string | null;
  clearHref: string;
  groups: { title?: string; choices: FilterChoice[] }[];
};

type Given = { filters: LogFilters; names: LogNames; offered: Offered; hrefOf(filters: LogFilters): string };

/** The filters of the log with their choices, in the order of the chips. */
export function useFilters({ filters, names, offered, hrefOf }: Given): LogFilter[] {
  const t = useTranslations("audit");
  const { act, object } = useEntryText(names);
  const timeText = useTimeText();
  const many = <Name extends "who" | "act" | "object" | "result">(
    name: Name,
    textOf: (id: string) => string,
  ) => {
    const chosen: readonly string[] = filters[name];
    const texts = chosen.map(textOf);
    return {
      name,
      chosen: texts.length > 2 ? t("filter.several", { count: texts.length }) : texts.join(", ") || null,
      clearHref: hrefOf({ ...filters, [name]: [] }),
      choicesOf: (ids: readonly string[]): FilterChoice[] =>
        ids.map((id) => ({
          id,
          text: textOf(id),
          chosen: chosen.includes(id),
          href: hrefOf({ ...filters, [name]: toggledIn(chosen, id) }),
        })),
    };
  };
  const who = many("who", (id) => (id === SYSTEM ? t("system") : (names.members[id] ?? t("someone"))));
  const acts = many("act", act);
  const objects = many("object", object);
  const results = many("result", (id) => t(`result.${id as (typeof LOG_RESULTS)[number]}`));
  const noTime = { ...filters, time: null, from: null, to: null };
  const times = LOG_TIMES.map((time) => ({
    id: time,
    text: t(`filter.times.${time}`),
    chosen: time === filters.time,
    href: hrefOf({ ...noTime, time: time === filters.time ? null : time }),
  }));
  return [
    { name: "time", chosen: timeText(filters), clearHref: hrefOf(noTime), groups: [{ choices: times }] },
    { ...who, groups: [{ choices: who.choicesOf(offered.who.map(({ id }) => id)) }] },
    {
      ...acts,
      groups: ACT_KINDS.map((kind) => ({
        title: t(`kind.${kind}`),
        choices: acts.choicesOf(offered.acts.filter((one) => kindOf(one) === kind)),
      })).filter(({ choices }) => choices.length > 0),
    },
    {
      ...objects,
      groups: [{ choices: objects.choicesOf([...new Set(offered.acts.map(entityOf))]) }],
    },
    { ...results, groups: [{ choices: results.choicesOf(LOG_RESULTS) }] },
  ];
}

function useTimeText(): (filters: LogFilters) => string | null {
  const t = useTranslations("audit.filter");
  const format = useFormatter();
  // Noon, so that the day is the same one in every zone a day can be written in.
  const day = (text: string) =>
    format.dateTime(new Date(`${text}T12:00:00Z`), { dateStyle: "medium", timeZone: "UTC" });
  return ({ time, from, to }) => {
    if (time !== null) return t(`times.${time}`);
    if (from !== null && to !== null)
      return from === to ? day(from) : t("days.range", { from: day(from), to: day(to) });
    if (from !== null) return t("days.from", { from: day(from) });
    return to === null ? null : t("days.to", { to: day(to) });
  };
}
