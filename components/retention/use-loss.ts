import { useFormatter, useTranslations } from "next-intl";
import {
  cutoffOf,
  historyLoss,
  obeyedFrom,
  peopleLoss,
  roundEstimate,
  rowLoss,
} from "#lib/retention/rules.ts";
import type { RetentionField } from "#lib/retention/schema.ts";
import type { HistoryMonth, Holding, IdlePeople, Loss } from "#lib/retention/types.ts";

export type Held = {
  now: Date;
  months: readonly HistoryMonth[];
  holdings: Record<RetentionField, Holding>;
  idle: IdlePeople;
};

/** What a time for one kind of data would delete once it is obeyed, a day from now; null for nothing. */
function lossOf(field: RetentionField, days: number | null, held: Held): Loss | null {
  const { now, months, holdings, idle } = held;
  if (field === "inactivePersonDays" || days === null) return peopleLoss(idle, days, now);
  const then = obeyedFrom(now);
  if (field === "historyDays") return historyLoss(months, days, then);
  return rowLoss(holdings[field], days, then);
}

/** Tells a sentence whether its people are an estimate. */
export const aboutOf = ({ isEstimate }: Pick<IdlePeople, "isEstimate">) => (isEstimate ? "yes" : "no");

/** What a time deletes once it is obeyed, as a sentence. */
export function useLossText() {
  const t = useTranslations("retention.loss");
  const people = useTranslations("retention.people");
  const format = useFormatter();
  return (field: RetentionField, days: number | null, held: Held): string => {
    const loss = lossOf(field, days, held);
    if (field === "inactivePersonDays")
      return loss?.rows == null
        ? people("none")
        : people("loss", { people: loss.rows, isAbout: aboutOf(held.idle) });
    if (loss === null) return t("nothing");
    // History goes by whole months in UTC: the last day of it is the one before.
    const last = cutoffOf(1, loss.before);
    const day =
      field === "historyDays"
        ? format.dateTime(last, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" })
        : format.dateTime(loss.before, "day");
    return loss.rows === null ? t("upTo", { day }) : t("upToRows", { day, rows: roundEstimate(loss.rows) });
  };
}

/** A change of one time, as a sentence: before and after, where null is never. */
export function useChangeText() {
  const t = useTranslations("retention");
  const format = useFormatter();
  return ({ field, before, after }: { field: RetentionField; before: number | null; after: number | null }) =>
    t("rail.change", {
      name: t(`field.${field}.short`),
      before: before === null ? t("never") : format.number(before),
      after: after === null ? t("never") : t("span", { days: after }),
    });
}
