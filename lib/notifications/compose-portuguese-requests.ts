import { APPROVAL_HOURS } from "#lib/requests/rules.ts";
import type { RequestState, Right } from "#lib/requests/types.ts";
import type { ListEventName, RequestEventName } from "./schema.ts";
import type { Composers, ListFacts, RequestFacts, Words } from "./types.ts";

const ABOUT: Record<Right, string> = {
  erasure: "eliminação",
  rectification: "correção",
  access: "acesso completo",
  consent_withdrawal: "fim do consentimento",
  block: "bloqueio",
  deletion: "exclusão que ninguém pediu",
};

const CLOSED: Partial<Record<RequestState, string>> = {
  withdrawn: "Foi retirado.",
  duplicate: "Já havia um pedido igual.",
  not_controller: "Não cabe a nós responder.",
  closed_unverified: "Não foi possível confirmar a identidade de quem pediu.",
};

const matter = ({ right, dueAt }: RequestFacts | ListFacts, { lastDay }: Words) =>
  `Assunto: ${ABOUT[right]}. Último dia do prazo: ${lastDay(dueAt)}.`;
const past = ({ right, dueAt }: RequestFacts | ListFacts, { lastDay }: Words) =>
  `Assunto: ${ABOUT[right]}. Ainda em aberto; o último dia do prazo foi ${lastDay(dueAt)}.`;
const ITS_PAGE =
  "A página do pedido, em Pedidos, mostra de quem é a vez. O nome do titular não está nesta mensagem.";
const LIST_PAGE = "A página da lista, em Pedidos, tem cada linha.";
const SECOND = "Decide alguém que não abriu nem analisou";

/** What is said of requests and of lists of them in Brazilian Portuguese. */
export const PORTUGUESE_REQUESTS: Pick<Composers, RequestEventName | ListEventName> = {
  "request.received": (data, words) => ({
    subject: `Chegou o pedido ${data.protocol}`,
    lines: [matter(data, words), ITS_PAGE],
  }),
  "request.needs_approval": (data, words) => ({
    subject: `O pedido ${data.protocol} precisa de aprovação`,
    lines: [
      data.proposal === "deny" ? "A proposta é negar." : "A proposta é deferir.",
      `${SECOND} o pedido; depois de ${words.number(APPROVAL_HOURS)} h ele volta para análise.`,
      matter(data, words),
    ],
  }),
  "request.sent_back": (data, words) => ({
    subject: `O pedido ${data.protocol} deve ser analisado de novo`,
    lines: ["O que foi proposto ou aprovado foi retirado, ou ninguém decidiu a tempo.", matter(data, words)],
  }),
  "request.approved": (data, words) => ({
    subject: `O pedido ${data.protocol} foi aprovado`,
    lines: [
      data.executeAt === null
        ? "Ele aguarda uma nova captura do titular."
        : `A execução começa em ${words.time(data.executeAt)}; até lá a decisão pode ser retirada.`,
      matter(data, words),
    ],
  }),
  "request.denied": (data, words) => ({
    subject: `O pedido ${data.protocol} foi negado`,
    lines: ["A carta com os motivos está na página do pedido, para quem pediu.", matter(data, words)],
  }),
  "request.completed": ({ protocol, right }) => ({
    subject: `O pedido ${protocol} foi atendido`,
    lines: [`Assunto: ${ABOUT[right]}. O recibo está na página do pedido.`],
  }),
  "request.closed": ({ protocol, right, state }) => ({
    subject: `O pedido ${protocol} foi encerrado sem decisão`,
    lines: [CLOSED[state] ?? "Foi encerrado.", `Assunto: ${ABOUT[right]}.`],
  }),
  "request.failed": (data, words) => ({
    subject: `O pedido ${data.protocol} falhou e espera por alguém`,
    lines: [
      "O Gatehouse não tenta de novo sozinho. A página do pedido diz o que houve e o que pode ser feito.",
      matter(data, words),
    ],
  }),
  "request.outcome_unknown": (data, words) => ({
    subject: `Ainda não se sabe se o pedido ${data.protocol} foi executado`,
    lines: [
      "Nenhuma resposta da API confirmou. O Gatehouse descobre sozinho; até lá o pedido não conta como atendido.",
      matter(data, words),
    ],
  }),
  "request.due_soon": (data, words) => ({
    subject: `O prazo do pedido ${data.protocol} está próximo`,
    lines: [matter(data, words), ITS_PAGE],
  }),
  "request.overdue": (data, words) => ({
    subject: `O pedido ${data.protocol} está atrasado`,
    lines: [past(data, words), ITS_PAGE],
  }),
  "request_list.received": (data, words) => ({
    subject: `Chegou a lista ${data.name}`,
    lines: [`Linhas: ${words.number(data.rows)}.`, matter(data, words), LIST_PAGE],
  }),
  "request_list.needs_approval": (data, words) => ({
    subject: `A lista ${data.name} precisa de aprovação`,
    lines: [
      `Pedidos: ${words.number(data.requests)}. ${SECOND} a lista, em até ${words.number(APPROVAL_HOURS)} h.`,
      matter(data, words),
    ],
  }),
  "request_list.approved": (data, words) => ({
    subject: `A lista ${data.name} foi aprovada`,
    lines: [`Pedidos: ${words.number(data.requests)}.`, matter(data, words), LIST_PAGE],
  }),
  "request_list.completed": (data, words) => ({
    subject: `A lista ${data.name} foi concluída`,
    lines: [
      `Pedidos atendidos: ${words.number(data.completed)} de ${words.number(data.requests)}.`,
      LIST_PAGE,
    ],
  }),
  "request_list.withdrawn": (data, words) => ({
    subject: `A lista ${data.name} foi retirada`,
    lines: [
      `Pedidos já atendidos: ${words.number(data.completed)} de ${words.number(data.requests)}. Nada mais é iniciado.`,
      LIST_PAGE,
    ],
  }),
  "request_list.failed": (data, words) => ({
    subject: `Pedidos da lista ${data.name} esperam por alguém`,
    lines: [
      `Pedidos que falharam: ${words.number(data.failed)} de ${words.number(data.requests)}. O Gatehouse não os tenta de novo sozinho.`,
      matter(data, words),
      LIST_PAGE,
    ],
  }),
  "request_list.due_soon": (data, words) => ({
    subject: `O prazo da lista ${data.name} está próximo`,
    lines: [matter(data, words), LIST_PAGE],
  }),
  "request_list.overdue": (data, words) => ({
    subject: `A lista ${data.name} está atrasada`,
    lines: [past(data, words), LIST_PAGE],
  }),
};
