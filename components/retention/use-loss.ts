import { useFormatter, useTranslations } from "next-intl";
import { cutoffOf, historyLoss, obeyedFrom, roundEstimate, rowLoss } from "#lib/retention/rules.ts";
import type { RetentionField } from "#lib/retention/schema.ts";
import type { HistoryMonth, Holding, Loss } from "#lib/retention/types.ts";

export type Held = {
  now: Date;
  months: readonly HistoryMonth[];
  holdings: Record<RetentionField, Holding>;
};

/** What a time for one kind of data would delete once it is obeyed, a day from now; null for nothing. */
export function lossOf(field: RetentionField, days: number, { now, months, holdings }: Held): Loss | null {
  const then = obeyedFrom(now);
  if (field === "historyDays") return historyLoss(months, days, then);
  return rowLoss(holdings[field], days, then);
}

/** What a change deletes, as a sentence. */
export function useLossText() {
  const t = useTranslations("retention.loss");
  const format = useFormatter();
  return (field: RetentionField, loss: Loss | null): string => {
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
