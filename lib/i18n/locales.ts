export const LOCALES = ["en", "pt-BR"] as const;
export type Locale = (typeof LOCALES)[number];

/** Holds the language a reader chose. */
export const LOCALE_COOKIE = "gatehouse.locale";

/** The locale by which dates and numbers are written: English writes the day first and uses 24 hours. */
export const FORMAT_LOCALES = { en: "en-GB", "pt-BR": "pt-BR" } as const;
export type FormatLocale = (typeof FORMAT_LOCALES)[Locale];

const isLocale = (text: string | undefined): text is Locale => LOCALES.some((locale) => locale === text);

/** The language of a request: the reader's choice, else the first one of theirs that we have, else English. */
export function pickLocale(cookie: string | undefined, acceptLanguage: string | null): Locale {
  if (isLocale(cookie)) return cookie;
  const wanted = (acceptLanguage ?? "")
    .split(",")
    .map((entry) => {
      const [tag = "", quality] = entry.trim().split(";q=");
      return { tag: tag.toLowerCase(), quality: quality === undefined ? 1 : Number(quality) || 0 };
    })
    .filter(({ tag, quality }) => tag !== "" && quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const { tag } of wanted) {
    const found = LOCALES.find((locale) => locale.slice(0, 2) === tag.slice(0, 2));
    if (found) return found;
  }
  return "en";
}
