import { APPROVAL_HOURS } from "#lib/requests/rules.ts";
import type { RequestState, Right } from "#lib/requests/types.ts";
import type { ListEventName, RequestEventName } from "./schema.ts";
import type { Composers, ListFacts, RequestFacts, Words } from "./types.ts";

const ABOUT: Record<Right, string> = {
  erasure: "erasure",
  rectification: "rectification",
  access: "full access",
  consent_withdrawal: "the end of a consent",
  block: "a block",
  deletion: "a deletion that nobody asked for",
};

const CLOSED: Partial<Record<RequestState, string>> = {
  withdrawn: "It was withdrawn.",
  duplicate: "The same was asked before.",
  not_controller: "It is not ours to answer.",
  closed_unverified: "Who asked could not be confirmed.",
};

const matter = ({ right, dueAt }: RequestFacts | ListFacts, { lastDay }: Words) =>
  `It is about ${ABOUT[right]}; its last day is ${lastDay(dueAt)}.`;
const past = ({ right, dueAt }: RequestFacts | ListFacts, { lastDay }: Words) =>
  `It is about ${ABOUT[right]} and is still open; its last day was ${lastDay(dueAt)}.`;
const ITS_PAGE = "Its page in the room Requests says who is next. Who it is about is not in this message.";
const LIST_PAGE = "Its page in the room Requests has every row.";
const SECOND = "Whoever neither opened nor assessed it decides";

/** What is said of requests and of lists of them in English. */
export const ENGLISH_REQUESTS: Pick<Composers, RequestEventName | ListEventName> = {
  "request.received": (data, words) => ({
    subject: `${data.protocol} came in`,
    lines: [matter(data, words), ITS_PAGE],
  }),
  "request.needs_approval": (data, words) => ({
    subject: `${data.protocol} needs an approval`,
    lines: [
      data.proposal === "deny" ? "It is proposed to deny it." : "It is proposed to grant it.",
      `${SECOND}; after ${words.number(APPROVAL_HOURS)} h it goes back to review.`,
      matter(data, words),
    ],
  }),
  "request.sent_back": (data, words) => ({
    subject: `${data.protocol} is to be assessed anew`,
    lines: ["What was proposed or approved was taken back, or not decided in time.", matter(data, words)],
  }),
  "request.approved": (data, words) => ({
    subject: `${data.protocol} was approved`,
    lines: [
      data.executeAt === null
        ? "It waits for a new capture of the person."
        : `It is carried out from ${words.time(data.executeAt)} on and can be taken back until then.`,
      matter(data, words),
    ],
  }),
  "request.denied": (data, words) => ({
    subject: `${data.protocol} was denied`,
    lines: ["The letter with the reasons is on its page, to be given to who asked.", matter(data, words)],
  }),
  "request.completed": ({ protocol, right }) => ({
    subject: `${protocol} was carried out`,
    lines: [`It was about ${ABOUT[right]}. Its receipt is on its page.`],
  }),
  "request.closed": ({ protocol, right, state }) => ({
    subject: `${protocol} was closed without a decision`,
    lines: [CLOSED[state] ?? "It was closed.", `It was about ${ABOUT[right]}.`],
  }),
  "request.failed": (data, words) => ({
    subject: `${data.protocol} failed and waits for somebody`,
    lines: [
      "Gatehouse does not try it again by itself. Its page says what went wrong and what can be done.",
      matter(data, words),
    ],
  }),
  "request.outcome_unknown": (data, words) => ({
    subject: `It is not known yet whether ${data.protocol} was carried out`,
    lines: [
      "No answer of the API said so. Gatehouse finds out by itself; until then it does not count as done.",
      matter(data, words),
    ],
  }),
  "request.due_soon": (data, words) => ({
    subject: `${data.protocol} is due soon`,
    lines: [matter(data, words), ITS_PAGE],
  }),
  "request.overdue": (data, words) => ({
    subject: `${data.protocol} is overdue`,
    lines: [past(data, words), ITS_PAGE],
  }),
  "request_list.received": (data, words) => ({
    subject: `List ${data.name} came in`,
    lines: [`Its rows: ${words.number(data.rows)}.`, matter(data, words), LIST_PAGE],
  }),
  "request_list.needs_approval": (data, words) => ({
    subject: `List ${data.name} needs an approval`,
    lines: [
      `Its requests: ${words.number(data.requests)}. ${SECOND}, within ${words.number(APPROVAL_HOURS)} h.`,
      matter(data, words),
    ],
  }),
  "request_list.approved": (data, words) => ({
    subject: `List ${data.name} was approved`,
    lines: [`Its requests: ${words.number(data.requests)}.`, matter(data, words), LIST_PAGE],
  }),
  "request_list.completed": (data, words) => ({
    subject: `List ${data.name} is done`,
    lines: [
      `${words.number(data.completed)} of its ${words.number(data.requests)} requests were carried out.`,
      LIST_PAGE,
    ],
  }),
  "request_list.withdrawn": (data, words) => ({
    subject: `List ${data.name} was withdrawn`,
    lines: [
      `${words.number(data.completed)} of its ${words.number(data.requests)} requests had been carried out. Nothing more is begun.`,
      LIST_PAGE,
    ],
  }),
  "request_list.failed": (data, words) => ({
    subject: `Requests of list ${data.name} wait for somebody`,
    lines: [
      `${words.number(data.failed)} of its ${words.number(data.requests)} requests failed, and Gatehouse does not try them again by itself.`,
      matter(data, words),
      LIST_PAGE,
    ],
  }),
  "request_list.due_soon": (data, words) => ({
    subject: `List ${data.name} is due soon`,
    lines: [matter(data, words), LIST_PAGE],
  }),
  "request_list.overdue": (data, words) => ({
    subject: `List ${data.name} is overdue`,
    lines: [past(data, words), LIST_PAGE],
  }),
};
