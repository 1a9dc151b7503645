import type { Locale } from "#lib/i18n/locales.ts";
import type { RequestState } from "#lib/requests/types.ts";

type Words = Record<Locale, string>;

const DECIDED: Words = {
  en: "It was granted and is carried out.",
  "pt-BR": "Foi deferido e está em execução.",
};
const ASSESSED: Words = { en: "It is being assessed.", "pt-BR": "Está em análise." };
/** What an application may show to the person who asked; nothing of who works on it or what went wrong. */
const WORDS: Record<RequestState, Words> = {
  received: { en: "It was received.", "pt-BR": "Foi recebido." },
  identity_pending: { en: "We ask who is asking.", "pt-BR": "Estamos confirmando a identidade." },
  in_review: ASSESSED,
  awaiting_approval: ASSESSED,
  awaiting_capture: {
    en: "It was granted and waits for a new capture.",
    "pt-BR": "Foi deferido e aguarda uma nova captura.",
  },
  scheduled: DECIDED,
  executing: DECIDED,
  verifying: DECIDED,
  failed: DECIDED,
  outcome_unknown: DECIDED,
  completed: { en: "It was carried out.", "pt-BR": "Foi atendido." },
  denied: { en: "It was denied.", "pt-BR": "Foi negado." },
  withdrawn: { en: "It was withdrawn.", "pt-BR": "Foi retirado." },
  duplicate: {
    en: "It was closed: the same was asked before.",
    "pt-BR": "Foi encerrado: já havia um pedido igual.",
  },
  not_controller: {
    en: "It was closed: another company is responsible.",
    "pt-BR": "Foi encerrado: outra empresa é a controladora.",
  },
  closed_unverified: {
    en: "It was closed: it could not be confirmed who is asking.",
    "pt-BR": "Foi encerrado: não foi possível confirmar a identidade.",
  },
};

/** The state of a request in a sentence for the person who asked. */
export const wordsOfState = (state: RequestState, locale: Locale): string => WORDS[state][locale];
