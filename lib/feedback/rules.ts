import { en } from "./catalogues/en.ts";
import { ptBr } from "./catalogues/pt-br.ts";
import type { Feedback, FeedbackCode, Locale } from "./schema.ts";

const CATALOGUES: Record<Locale, Record<FeedbackCode, string>> = { en, "pt-BR": ptBr };

/** The text of a code in a language, ready to be shown as it stands. */
export const feedbackOf = (code: FeedbackCode, locale: Locale): Feedback => ({
  code,
  text: CATALOGUES[locale][code],
});

/** The language to answer in: what the application named, else the header's best language we have, else English. */
export function chooseLocale(named: string | undefined, acceptLanguage: string | undefined): Locale {
  return localeOf(named) ?? preferred(acceptLanguage) ?? "en";
}

/** Every Portuguese is served by the Brazilian one, every English by the one English there is. */
function localeOf(tag: string | undefined): Locale | null {
  const language = tag?.trim().toLowerCase().split(/[-_]/)[0];
  if (language === "pt") return "pt-BR";
  return language === "en" ? "en" : null;
}

function preferred(acceptLanguage: string | undefined): Locale | null {
  if (acceptLanguage === undefined) return null;
  const wishes = acceptLanguage.slice(0, 200).split(",").map(readWish);
  // Sorting keeps the order of wishes with the same weight.
  wishes.sort((a, b) => b.weight - a.weight);
  return wishes.find((wish) => wish.locale !== null && wish.weight > 0)?.locale ?? null;
}

function readWish(part: string): { locale: Locale | null; weight: number } {
  const [tag, ...parameters] = part.split(";");
  const quality = parameters.map((text) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(text)?.[1]).find(Boolean);
  return { locale: localeOf(tag), weight: quality === undefined ? 1 : Number(quality) };
}
