import { FORMAT_LOCALES, type Locale } from "#lib/i18n/locales.ts";
import { ENGLISH } from "./compose-english.ts";
import { PORTUGUESE } from "./compose-portuguese.ts";
import type { Composers, Letter, Message, Words } from "./types.ts";

const COMPOSERS: Record<Locale, Composers> = { en: ENGLISH, "pt-BR": PORTUGUESE };

const SIGNED: Record<Locale, string> = {
  en: "Gatehouse. Who is told what is chosen under Settings, Notifications.",
  "pt-BR": "Gatehouse. Quem recebe o quê é definido em Configurações, Notificações.",
};

/** A message as an e-mail in the target's language. */
export function composeEmail(message: Message, locale: Locale, timeZone: string) {
  return writeEmail(letterOf(message, locale, timeZone), SIGNED[locale], locale);
}

/** A letter as an e-mail, with the line that says whom it comes from: plain text, and the same in simple HTML. */
export function writeEmail({ subject, lines }: Letter, signed: string, locale: Locale) {
  const paragraphs = [...lines, signed];
  const html = paragraphs.map((line) => `<p>${escapeHtml(line)}</p>`).join("\n");
  return {
    subject: `[Gatehouse] ${subject}`,
    text: `${paragraphs.join("\n\n")}\n`,
    html: `<!doctype html>\n<html lang="${locale}"><body>\n${html}\n</body></html>\n`,
  };
}

function letterOf({ type, data }: Message, locale: Locale, timeZone: string): Letter {
  const tag = FORMAT_LOCALES[locale];
  const times = new Intl.DateTimeFormat(tag, { dateStyle: "medium", timeStyle: "long", timeZone });
  const days = new Intl.DateTimeFormat(tag, { dateStyle: "full", timeZone });
  const numbers = new Intl.NumberFormat(tag);
  const words: Words = {
    number: (value) => numbers.format(value),
    time: (iso) => times.format(new Date(iso)),
    lastDay: (dueAt) => days.format(new Date(Date.parse(dueAt) - 1)),
  };
  // Each composer takes the data of its own event; that the two belong together is what Message says.
  const compose = COMPOSERS[locale][type] as (data: Message["data"], words: Words) => Letter;
  return compose(data, words);
}

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);
