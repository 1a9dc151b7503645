export const LOCALES = ["en", "pt-BR"] as const;
export type Locale = (typeof LOCALES)[number];

/** Holds the language a reader chose. */
export const LOCALE_COOKIE = "gatehouse.locale";

/** The locale by which dates and numbers are written: English writes the day first and uses 24 hours. */
export const FORMAT_LOCALES = { en: "en-GB", "pt-BR": "pt-BR" } as const;
export type FormatLocale = (typeof FORMAT_LOCALES)[Locale];

/** The language to answer in: the one that was named, else the header's best language we have, else English. */
export function pickLocale(
  named: string | null | undefined,
  acceptLanguage: string | null | undefined,
): Locale {
  return localeOf(named) ?? preferred(acceptLanguage) ?? "en";
}

/** Every Portuguese is served by the Brazilian one, every English by the one English there is. */
function localeOf(tag: string | null | undefined): Locale | null {
  const language = tag?.trim().toLowerCase().split(/[-_]/)[0];
  if (language === "pt") return "pt-BR";
  return language === "en" ? "en" : null;
}

function preferred(acceptLanguage: string | null | undefined): Locale | null {
  const wishes = (acceptLanguage ?? "").slice(0, 200).split(",").map(readWish);
  // Sorting keeps the order of wishes with the same weight.
  wishes.sort((a, b) => b.weight - a.weight);
  return wishes.find((wish) => wish.locale !== null && wish.weight > 0)?.locale ?? null;
}

function readWish(part: string): { locale: Locale | null; weight: number } {
  const [tag, ...parameters] = part.split(";");
  const quality = parameters.map((text) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(text)?.[1]).find(Boolean);
  return { locale: localeOf(tag), weight: quality === undefined ? 1 : Number(quality) };
}
