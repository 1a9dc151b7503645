import { createFormatter, createTranslator } from "next-intl";
import { FORMATS } from "#lib/i18n/formats.ts";
import { FORMAT_LOCALES, type Locale } from "#lib/i18n/locales.ts";
import { MESSAGES } from "#lib/i18n/messages.ts";
import type { PreviewItem } from "#lib/requests/types.ts";
import { keptUntil } from "#lib/retention/rules.ts";
import type { Block, LetterItem } from "./types.ts";

export type Words = ReturnType<typeof prepareWords>;

/** The texts of letters in one language, whatever language the console is read in. */
export function prepareWords(locale: Locale, timeZone: string) {
  const t = createTranslator({ locale: FORMAT_LOCALES[locale], messages: MESSAGES[locale], timeZone });
  const format = createFormatter({ locale: FORMAT_LOCALES[locale], timeZone, formats: FORMATS });
  const day = (at: Date) => format.dateTime(at, { day: "numeric", month: "long", year: "numeric" });
  /** Where it is kept, and of what stays until when: counted from the moment from which nothing is added to it. */
  const placeOf = ({ where: at, keptDays }: PreviewItem, from: Date): string => {
    const where = t(`requests.where.${at}`);
    if (keptDays === undefined) return where;
    if (keptDays === null) return t("letters.items.noEnd", { where });
    return t("letters.items.until", { where, day: day(keptUntil(from, { historyDays: keptDays })) });
  };
  const items = (list: readonly PreviewItem[], from: Date): Block => ({
    kind: "items",
    heads: headsOf(t),
    rows: list.map(
      (item): LetterItem => ({
        what: t(`requests.item.${item.kind}`),
        count: format.number(item.items),
        where: placeOf(item, from),
        article: item.article,
      }),
    ),
  });
  return {
    locale,
    t,
    day,
    /** A day without a time, `2026-03-13`: the same in every zone. */
    plainDay: (text: string) =>
      format.dateTime(new Date(`${text}T12:00:00Z`), {
        day: "numeric",
        month: "long",
        year: "numeric",
        timeZone: "UTC",
      }),
    exact: (at: Date) => format.dateTime(at, "exact"),
    number: (value: number) => format.number(value),
    list: (names: readonly string[]) => format.list(names),
    items,
  };
}

const headsOf = (t: ReturnType<typeof createTranslator<typeof MESSAGES.en>>): LetterItem => ({
  what: t("letters.items.what"),
  count: t("letters.items.count"),
  where: t("letters.items.where"),
  article: t("letters.items.article"),
});
