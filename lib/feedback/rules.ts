import type { Locale } from "#lib/i18n/locales.ts";
import { en } from "./catalogues/en.ts";
import { ptBr } from "./catalogues/pt-br.ts";
import type { Feedback, FeedbackCode } from "./schema.ts";

const CATALOGUES: Record<Locale, Record<FeedbackCode, string>> = { en, "pt-BR": ptBr };

/** The text of a code in a language, ready to be shown as it stands. */
export const feedbackOf = (code: FeedbackCode, locale: Locale): Feedback => ({
  code,
  text: CATALOGUES[locale][code],
});
