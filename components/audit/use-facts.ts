import { useFormatter, useLocale, useTranslations } from "next-intl";
import type { LogNames, ReadEntry } from "#lib/audit-log/types.ts";
import { formatLatency } from "#lib/format/numbers.ts";
import { useWords } from "./use-words.ts";

/** Where the words for a code stand, by the fact it is of; `act fact` goes before `fact` alone. */
const CODES: Record<string, string> = {
  role: "terms.role",
  "person.search purpose": "people.purpose",
  shortened: "retention.field",
  events: "notifications.event",
  locale: "notifications.locale",
  permission: "audit.permission",
  action: "audit.code.action",
  outcome: "terms.verificationOutcome",
  "person.verify reason": "terms.verificationReason",
  "person.recapture reason": "people.person.recapture.reasons",
  "application.disable reason": "applications.disable.reason",
  "application_key.revoke reason": "applications.revoke.reason",
};

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-/;

/** A fact of an entry: what it is called and what it is, in words where there are any. */
export type Fact = { name: string; label: string; value: string; isCode: boolean };

/** Writes the facts of entries. Ids become names where they are known; codes become words. */
export function useFacts(names: LogNames) {
  const t = useTranslations("audit");
  const format = useFormatter();
  const locale = useLocale();
  const words = useWords();

  const label = (name: string): string => words([`audit.fact.${name}`], name);
  const fieldLabel = (name: string): string =>
    words([`policies.rule.${name}.name`, `retention.field.${name}.name`], label(name));

  function text(action: string, name: string, value: string): string {
    if (TIME.test(value)) return format.dateTime(new Date(value), "exact");
    const known = names.members[value] ?? names.applications[value];
    if (known !== undefined) return known;
    const place = CODES[`${action} ${name}`] ?? CODES[name] ?? `audit.code.${name}`;
    return words([`${place}.${value}.name`, `${place}.${value}`, `policies.value.${value}`], value);
  }

  function write(action: string, name: string, value: unknown): string {
    if (value === null || value === undefined) return t("value.none");
    if (Array.isArray(value)) return format.list(value.map((one) => write(action, name, one)));
    switch (typeof value) {
      case "boolean":
        return t(value ? "value.yes" : "value.no");
      case "number":
        if (name === "exposurePercent") return t("value.percent", { percent: value });
        return name.endsWith("Ms") ? formatLatency(value, locale) : format.number(value);
      case "string":
        return text(action, name, value);
      default:
        return JSON.stringify(value);
    }
  }

  /** What an entry tells besides who, when and what; before and after stand apart. */
  const factsOf = ({ action, details }: ReadEntry): Fact[] =>
    Object.entries(details)
      .filter(([name, value]) => !isSide(name) && value !== null && value !== "")
      .map(([name, value]) => {
        const written = write(action, name, value);
        return { name, label: label(name), value: written, isCode: ID.test(written) };
      });

  /** What is different after a change, side by side; nothing where there was nothing before. */
  const changesOf = ({ action, details: { before, after } }: ReadEntry): (Fact & { before: string })[] => {
    if (before === null && typeof after === "object") return [];
    const sides = [fieldsOf(action, before), fieldsOf(action, after)] as const;
    const fields = [...new Set(sides.flatMap((side) => Object.keys(side)))];
    return fields.flatMap((name) => {
      const [old, now] = sides.map((side) => write(action, name, side[name]));
      if (old === undefined || now === undefined || old === now) return [];
      return [{ name, label: fieldLabel(name), before: old, value: now, isCode: false }];
    });
  };

  return { write, factsOf, changesOf };
}

const isSide = (name: string): boolean => name === "before" || name === "after";

/** What a side of a change is, where it is a single value. */
const SINGLE: Record<string, string> = {
  "application_key.plan_end": "end",
  "audit_epoch.rotate": "epoch",
  "member.change_role": "role",
};

/** The fields of one side of a change; of a single value, that one under its own name. */
function fieldsOf(action: string, side: unknown): Record<string, unknown> {
  if (side === undefined) return {};
  if (typeof side !== "object" || Array.isArray(side)) return { [SINGLE[action] ?? "end"]: side };
  return Object.fromEntries(
    Object.entries(side ?? {}).flatMap(([name, value]) =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? Object.entries(value)
        : [[name, value]],
    ),
  );
}
