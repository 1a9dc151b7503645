"use client";

import { CircleAlert } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { Icon } from "#components/ui/icon.tsx";
import { type DaysProblem, keptUntil } from "#lib/retention/rules.ts";
import { RETENTION_BOUNDS, RETENTION_FIELDS, type RetentionField } from "#lib/retention/schema.ts";
import { aboutOf, type Held, useLossText } from "./use-loss.ts";
import type { RetentionDraft } from "./use-retention-draft.ts";

type RetentionTableProps = { draft: RetentionDraft; held: Held; mayChange: boolean };

/** The kinds of data whose time can be chosen: what each is for, its days, and what is held of it. */
export function RetentionTable({ draft, held, mayChange }: RetentionTableProps) {
  const t = useTranslations("retention");
  return (
    <table className="tbl list pol fix free stack">
      <thead>
        <tr>
          <th scope="col">{t("group.chosen")}</th>
          <th scope="col">{t("now")}</th>
          <th scope="col">{t("holds")}</th>
        </tr>
      </thead>
      <tbody>
        {RETENTION_FIELDS.map((field) => (
          <RetentionRow key={field} field={field} draft={draft} held={held} mayChange={mayChange} />
        ))}
      </tbody>
    </table>
  );
}

function RetentionRow({ field, draft, held, mayChange }: RetentionTableProps & { field: RetentionField }) {
  const t = useTranslations("retention");
  const id = `retention-${field}`;
  const problem = draft.problems[field];
  const change = draft.changes.find((made) => made.field === field);
  const isTouched = change !== undefined || problem !== undefined;
  return (
    <tr className={isTouched ? "sel" : undefined}>
      <th scope="row" className="two-line full">
        <span className="b" id={id}>
          {t(`field.${field}.name`)}
        </span>
        <small id={`${id}-for`}>{t(`field.${field}.for`)}</small>
      </th>
      <td className="now">
        {mayChange ? (
          <input
            className="in s val"
            inputMode="numeric"
            autoComplete="off"
            value={draft.textOf(field)}
            onChange={(event) => draft.type(field, event.currentTarget.value)}
            placeholder={field === "inactivePersonDays" ? t("never") : undefined}
            aria-labelledby={id}
            aria-describedby={`${id}-for ${id}-note`}
            aria-invalid={problem !== undefined || undefined}
          />
        ) : (
          <span className="b">{draft.base.values[field] ?? t("never")} </span>
        )}
        <DaysNote field={field} draft={draft} isTouched={isTouched} mayChange={mayChange} />
      </td>
      <td className="two-line full">
        <Holds field={field} held={held} />
        <small id={`${id}-note`}>
          {problem === undefined ? (
            <Outlook field={field} days={draft.values[field]} isChanged={isTouched} held={held} />
          ) : (
            <Problem field={field} problem={problem} />
          )}
        </small>
      </td>
    </tr>
  );
}

type DaysNoteProps = { field: RetentionField; draft: RetentionDraft; isTouched: boolean; mayChange: boolean };

function DaysNote({ field, draft, isTouched, mayChange }: DaysNoteProps) {
  const t = useTranslations("retention");
  const was = draft.base.values[field];
  if (!isTouched) return was === null && !mayChange ? null : <span className="m">{t("days")}</span>;
  return <span className="m">{was === null ? t("wasNever") : t("was", { days: was })}</span>;
}

function Holds({ field, held }: { field: RetentionField; held: Held }) {
  const t = useTranslations("retention");
  const format = useFormatter();
  const { oldestAt, rows } = held.holdings[field];
  if (field === "inactivePersonDays") {
    const day = oldestAt === null ? "" : format.dateTime(oldestAt, "day");
    return oldestAt === null
      ? t("people.nobody")
      : t("people.since", { people: rows ?? 0, isAbout: aboutOf(held.idle), day });
  }
  if (oldestAt === null) return t("empty");
  const day = format.dateTime(oldestAt, "day");
  return rows === null ? t("sinceAlone", { day }) : t("rowsSince", { rows, day });
}

type OutlookProps = { field: RetentionField; days: number | null; isChanged: boolean; held: Held };

/** What a typed time would delete; else when the oldest of what is held goes by itself. */
function Outlook({ field, days, isChanged, held }: OutlookProps) {
  const t = useTranslations("retention");
  const format = useFormatter();
  const lossText = useLossText();
  const { oldestAt } = held.holdings[field];
  if (isChanged) return lossText(field, days, held);
  if (days === null) return t("people.never");
  if (oldestAt === null) return null;
  const goesAt =
    field === "historyDays"
      ? keptUntil(oldestAt, { historyDays: days })
      : new Date(oldestAt.getTime() + days * 86_400_000);
  const isPast = goesAt <= held.now;
  return isPast
    ? t(field === "inactivePersonDays" ? "people.now" : "oldestGoesNow")
    : t(`field.${field}.oldestGoes`, { day: format.dateTime(goesAt, "day") });
}

function Problem({ field, problem }: { field: RetentionField; problem: DaysProblem }) {
  const t = useTranslations("retention.problem");
  return (
    <span className="bad" role="alert">
      <Icon of={CircleAlert} size={14} /> {t(problem, RETENTION_BOUNDS[field])}
    </span>
  );
}
