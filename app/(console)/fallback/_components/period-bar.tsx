import Form from "next/form";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { FilterChoices } from "#components/ui/filter-choices.tsx";
import { FilterMenu } from "#components/ui/filter-menu.tsx";
import type { Against, FallbackSearch } from "#lib/fallback-page/types.ts";
import { TIME_SPANS } from "#lib/time-steps.ts";
import { fallbackPath } from "../search-params.ts";
import type { ViewProps } from "./fallback-view.tsx";
import { usePeriodNames, useRangeText, useStageName } from "./use-words.ts";

/** Which time is looked at, and what it is held against. */
export function PeriodBar({ search, data }: ViewProps) {
  const t = useTranslations("fallback.period");
  return (
    <div className="acts period-bar">
      <nav className="acts" aria-label={t("label")}>
        {TIME_SPANS.map((span) => {
          const isOn = search.days === null && span === search.span;
          return (
            <Link
              key={span}
              className={classNames("chip", isOn && "on")}
              aria-current={isOn ? "true" : undefined}
              href={fallbackPath({ ...search, span, days: null, against: keptAgainst(search.against) })}
              scroll={false}
              prefetch={false}
            >
              {t(`span.${span}`)}
            </Link>
          );
        })}
      </nav>
      <DaysMenu search={search} data={data} />
      <span className="m small">{t("against")}</span>
      <AgainstMenu search={search} data={data} />
    </div>
  );
}

/** A chosen other period is of the time it was chosen for; a stage change is looked at whatever the chart shows. */
const keptAgainst = (against: Against): Against => (against.kind === "days" ? { kind: "before" } : against);

function DaysMenu({ search, data }: ViewProps) {
  const t = useTranslations("fallback.period");
  const rangeText = useRangeText();
  const { days } = search;
  const { starts, now } = data.steps;
  const chosen = days && starts[0] ? rangeText({ from: starts[0], to: now }) : null;
  return (
    <FilterMenu
      name={t("days")}
      chosen={chosen}
      clearHref={fallbackPath({ ...search, days: null })}
      words={{ choose: t("chooseDays"), remove: t("removeDays") }}
      single
    >
      <DayForm search={{ ...search, days: null }} fields={["from", "to"]} values={days ?? {}} text="days" />
    </FilterMenu>
  );
}

/** Held against: the time before, the other side of a stage change, or as many days from a date on. */
function AgainstMenu({ search, data }: ViewProps) {
  const t = useTranslations("fallback.period");
  const stageName = useStageName();
  const names = usePeriodNames(data);
  const format = useFormatter();
  const { against } = search;
  const choice = (id: string, text: string, to: Against, chosen: boolean) => ({
    id,
    text,
    chosen,
    href: fallbackPath({ ...search, against: to }),
  });
  // What nobody chose stands there without a way to take it away.
  const isUsual = against.kind !== "days" && data.change === null;
  const chosen = data.change ? t("sides", { from: names.before ?? "", to: names.now }) : names.before;
  const changes = data.changes.toReversed().map((change) =>
    choice(
      change.beginsAt.toISOString(),
      t("change", {
        from: stageName(change.from),
        to: stageName(change.to),
        day: format.dateTime(change.endsAt, "dayAndMonth"),
      }),
      { kind: "change", at: change.beginsAt },
      data.change === change,
    ),
  );
  return (
    <FilterMenu
      name={isUsual ? t("usual", { name: names.before ?? t("nothing") }) : t("before")}
      chosen={isUsual ? null : chosen}
      clearHref={fallbackPath({ ...search, against: { kind: "before" } })}
      words={{ choose: t("chooseAgainst"), remove: t("removeAgainst") }}
      single
    >
      <FilterChoices choices={[choice("before", t("theOneBefore"), { kind: "before" }, isUsual)]} />
      {changes.length === 0 ? null : <FilterChoices title={t("changes")} choices={changes} />}
      <DayForm
        search={{ ...search, against: { kind: "before" } }}
        fields={["against"]}
        values={{ against: against.kind === "days" ? against.from : undefined }}
        text="other"
      />
    </FilterMenu>
  );
}

type DayFormProps = {
  /** The choices it leaves as they are. */
  search: FallbackSearch;
  fields: readonly ("from" | "to" | "against")[];
  values: Partial<Record<"from" | "to" | "against", string | undefined>>;
  text: "days" | "other";
};

function DayForm({ search, fields, values, text }: DayFormProps) {
  const t = useTranslations("fallback.period");
  const { pathname, searchParams } = new URL(fallbackPath(search), "http://gatehouse.invalid");
  return (
    <Form action={pathname} prefetch={false} scroll={false} className="days-form">
      <fieldset>
        <legend>{t(`form.${text}`)}</legend>
        {[...searchParams].map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {fields.map((name) => (
          <label key={name}>
            {t(`form.${name}`)}
            <input className="in s" type="date" name={name} required defaultValue={values[name]} />
          </label>
        ))}
      </fieldset>
      <Button type="submit" small>
        {t("form.apply")}
      </Button>
    </Form>
  );
}
