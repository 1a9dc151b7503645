import { ClockAlert } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { Status, type StatusKind } from "#components/ui/status.tsx";
import type { Due, DueState } from "#lib/deadlines/types.ts";
import { useRequestTerms } from "./terms.ts";

const KINDS: Record<DueState, StatusKind> = {
  on_track: "ok",
  due_soon: "due",
  overdue: "over",
  closed: "none",
};

/** How a request stands against its deadline, as icon and word. */
export function DueBadge({ due: { state, daysLeft } }: { due: Pick<Due, "state" | "daysLeft"> }) {
  const terms = useRequestTerms();
  return (
    <Status
      kind={KINDS[state]}
      quiet={state === "on_track"}
      {...(state === "due_soon" ? { icon: ClockAlert } : {})}
    >
      {terms.due(state, daysLeft)}
    </Status>
  );
}

type DueDayProps = { due: Pick<Due, "lastDay">; format?: "weekday" | "day" };

/** The last day in time, as a day and not as a moment: the same in every zone. */
export function DueDay({ due: { lastDay }, format = "weekday" }: DueDayProps) {
  const { dateTime } = useFormatter();
  const noon = new Date(`${lastDay}T12:00:00Z`);
  const long = { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" } as const;
  return (
    <time dateTime={lastDay} title={dateTime(noon, long)}>
      {dateTime(noon, format, { timeZone: "UTC" })}
    </time>
  );
}

type Ruled = Pick<Due, "regime" | "numberFrom" | "source" | "term">;

/** Whose number the deadline is: a law's, with its article and term, or our own, with the article it serves. */
export function useDueRule(): (due: Ruled) => string {
  const t = useTranslations("requests");
  return ({ regime, numberFrom, source, term: { unit, count } }) =>
    t(`due.${source}`, {
      law: t(`regime.${regime}`),
      article: numberFrom.replace("art. ", "").replaceAll(" §", "\u00a0§"),
      term: t(`due.${unit}`, { count }),
    });
}

/** The same as a component. */
export function DueRule({ due }: { due: Ruled }) {
  return useDueRule()(due);
}
