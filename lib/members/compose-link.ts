import { FORMAT_LOCALES, type Locale } from "#lib/i18n/locales.ts";
import { writeEmail } from "#lib/notifications/compose-email.ts";
import type { Letter } from "#lib/notifications/types.ts";
import type { LinkPurpose } from "./types.ts";

type Words = { by: string; link: string; end: string };

const LETTERS: Record<Locale, Record<LinkPurpose, (words: Words) => Letter>> = {
  en: {
    join: ({ by, link, end }) => ({
      subject: "Your invitation to the console",
      lines: [
        `${by} invites you to the Gatehouse console. Open this link to choose your password:`,
        link,
        `It works once, until ${end}. If you expected no invitation, do not open it and tell your administrator.`,
      ],
    }),
    return: ({ by, link, end }) => ({
      subject: "Your way back to the console",
      lines: [
        `${by} sends you a link with which you choose a new password for the Gatehouse console:`,
        link,
        `It works once, until ${end}. If you did not ask for it, do not open it and tell your administrator.`,
      ],
    }),
  },
  "pt-BR": {
    join: ({ by, link, end }) => ({
      subject: "Seu convite para o console",
      lines: [
        `${by} convida você para o console do Gatehouse. Abra este link para escolher a sua senha:`,
        link,
        `Ele funciona uma única vez, até ${end}. Se você não esperava um convite, não abra o link e avise quem administra o console.`,
      ],
    }),
    return: ({ by, link, end }) => ({
      subject: "Seu retorno ao console",
      lines: [
        `${by} enviou a você um link para escolher uma nova senha do console do Gatehouse:`,
        link,
        `Ele funciona uma única vez, até ${end}. Se você não pediu o link, não o abra e avise quem administra o console.`,
      ],
    }),
  },
};

const SIGNED: Record<Locale, string> = {
  en: "Gatehouse. Nobody of us ever asks you for your password.",
  "pt-BR": "Gatehouse. Ninguém da equipe pede a sua senha.",
};

type LinkLetter = { purpose: LinkPurpose; by: string; link: string; expiresAt: Date };

/** The e-mail that carries a link, in one language; the end in the installation's zone. */
export function composeLink(letter: LinkLetter, locale: Locale, timeZone: string) {
  const { purpose, by, link, expiresAt } = letter;
  const style = { dateStyle: "medium", timeStyle: "short", timeZone } as const;
  const end = new Intl.DateTimeFormat(FORMAT_LOCALES[locale], style).format(expiresAt);
  return writeEmail(LETTERS[locale][purpose]({ by, link, end }), SIGNED[locale], locale);
}
