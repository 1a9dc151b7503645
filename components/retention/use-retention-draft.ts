import { useState } from "react";
import { type DaysProblem, daysProblem } from "#lib/retention/rules.ts";
import { RETENTION_FIELDS, type RetentionField, type RetentionValues } from "#lib/retention/schema.ts";
import type { Retention } from "#lib/retention/types.ts";

export type FieldChange = { field: RetentionField; before: number | null; after: number | null };

/** A time as it stands in its field; an empty one is never. */
const fieldOf = (days: number | null): string => (days === null ? "" : String(days));

/** What is typed and not saved, on the version it was thought out on. */
export function useRetentionDraft(current: Retention) {
  const [base, setBase] = useState(current);
  const [typed, setTyped] = useState<Partial<Record<RetentionField, string>>>({});
  const differsFrom = (values: RetentionValues) =>
    RETENTION_FIELDS.some(
      (field) => (typed[field] ?? fieldOf(values[field])).trim() !== fieldOf(values[field]),
    );
  const isTouched = differsFrom(base.values);
  // A new version is taken over where nothing else was typed: it is ours, saved just now, or there is nothing to lose.
  if (base.version !== current.version && (!isTouched || !differsFrom(current.values))) {
    setBase(current);
    setTyped({});
  }
  const textOf = (field: RetentionField) => typed[field] ?? fieldOf(base.values[field]);
  const historyText = textOf("historyDays");
  const historyDays = daysProblem("historyDays", historyText, null) === null ? Number(historyText) : null;
  const problems: Partial<Record<RetentionField, DaysProblem>> = {};
  const values: RetentionValues = { ...base.values };
  for (const field of RETENTION_FIELDS) {
    const problem = daysProblem(field, textOf(field), historyDays);
    const text = textOf(field).trim();
    if (problem !== null) problems[field] = problem;
    else if (field !== "inactivePersonDays") values[field] = Number(text);
    else values.inactivePersonDays = text === "" ? null : Number(text);
  }
  const changes: FieldChange[] = RETENTION_FIELDS.filter(
    (field) => problems[field] === undefined && values[field] !== base.values[field],
  ).map((field) => ({ field, before: base.values[field], after: values[field] }));
  return {
    base,
    values,
    changes,
    problems,
    isTouched: isTouched || Object.keys(problems).length > 0,
    /** Somebody saved another version meanwhile. */
    theirs: base.version === current.version ? null : current,
    textOf,
    type: (field: RetentionField, text: string) => setTyped((all) => ({ ...all, [field]: text })),
    load: (wanted: RetentionValues) =>
      setTyped(Object.fromEntries(RETENTION_FIELDS.map((field) => [field, fieldOf(wanted[field])]))),
    putBack: () => {
      setBase(current);
      setTyped({});
    },
    /** Goes on with what is typed, on top of the version that came in between. */
    goOn: () => setBase(current),
  };
}

export type RetentionDraft = ReturnType<typeof useRetentionDraft>;
