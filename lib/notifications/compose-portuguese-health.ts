import type { Part, TroubleCause } from "#lib/incidents/schema.ts";
import type { Composers } from "./types.ts";

const NAMES: Record<Part, string> = {
  api: "A API Multibiometrics",
  gateways: "O gateway",
  unleash: "O Unleash",
  database: "O PostgreSQL",
  worker: "O worker",
};

const CAUSES: Record<TroubleCause, string> = {
  unauthorized: "recusa a nossa chave. Compare-a com o painel do fornecedor ou configure a segunda chave.",
  quota_exhausted: "diz que o volume do plano acabou. Aumente-o com o fornecedor.",
  rate_limited: "diz que há chamadas demais. Peça ao fornecedor um limite maior.",
  endpoint_missing: "não conhece uma chamada que fazemos. Confira o endereço configurado.",
  server_error: "falha com um erro próprio. Nada a corrigir do nosso lado; envie os horários ao fornecedor.",
  timed_out: "não responde a tempo.",
  unreachable: "está fora de alcance. Confira a rede, o nome e se está em execução.",
  answer_unreadable: "responde algo ilegível. Veja se há algo no caminho e pergunte ao fornecedor.",
  answer_unexpected: "responde diferente do que deveria. Pergunte a quem cuida o que mudou.",
  slow: "responde devagar.",
  silent: "está em silêncio. Veja o processo e o log.",
};

const COST: Partial<Record<Part, string>> = {
  api: "Quem não pode ser verificado é encaminhado para a senha.",
  gateways: "As aplicações seguem com o login antigo.",
  database: "Os logins seguem com o que os gateways têm na memória e são gravados na volta.",
};

type HealthEvent = "incident.opened" | "incident.closed" | "circuit.held" | "circuit.given_back";

/** What is said of incidents, and of the circuit's hand switch, in Brazilian Portuguese. */
export const PORTUGUESE_HEALTH: Pick<Composers, HealthEvent> = {
  "circuit.held": ({ until }, { time }) => ({
    subject: "As chamadas da API Multibiometrics foram interrompidas à mão",
    lines: [
      `Um administrador mantém o disjuntor de todos os gateways aberto até ${time(until)}.`,
      "Até lá nenhum gateway chama a API, e os logins vão para a senha. A Saúde dos serviços diz por quê.",
    ],
  }),
  "circuit.given_back": () => ({
    subject: "A API Multibiometrics volta a ser chamada",
    lines: ["Um administrador devolveu o disjuntor antes da hora; os gateways voltam a chamar a API."],
  }),
  "incident.opened": ({ part, causes, operations, since }, { time }) => ({
    subject: `${NAMES[part]} está com problemas`,
    lines: [
      ...causes.map((cause) => `${NAMES[part]} ${CAUSES[cause]}`),
      ...(operations.length === 0 ? [] : [`Chamadas que falham: ${operations.join(", ")}.`]),
      ...(COST[part] === undefined ? [] : [COST[part]]),
      `Percebido desde ${time(since)}. A Saúde dos serviços acompanha.`,
    ],
  }),
  "incident.closed": ({ part, since, until, logins, people }, { number, time }) => ({
    subject: `${NAMES[part]} voltou a funcionar`,
    lines: [
      `O problema durou de ${time(since)} a ${time(until)}.`,
      logins === 0
        ? "Não se sabe de login que tenha ido para a senha por causa disso."
        : `Logins que foram para a senha por causa disso até agora: ${number(logins)}, de ${number(people)} pessoas.`,
    ],
  }),
};
