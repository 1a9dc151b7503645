import { deadlinesOf } from "#lib/deadlines/rules.ts";
import { groundsOf } from "#lib/grounds/rules.ts";
import type { ReceiptBody } from "#lib/receipts/types.ts";
import { clockOf } from "#lib/requests/rules.ts";
import { prepareWords, type Words } from "./prepare-words.ts";
import type { Case } from "./queries.ts";
import { denialArticles } from "./rules.ts";
import type { Block, Letter } from "./types.ts";

/** Who writes, in which language and zone, and when. */
export type Sender = {
  controllerName: string | null;
  controllerContact: string | null;
  timeZone: string;
  now: Date;
};

type Kind = "acknowledgement" | "refusal" | "completion";
type Told = { found: Case; words: Words; sender: Sender };

/**
 * A letter to the person who asked, without their name and without their CustomID: the company adds the name. Throws
 * where the request is not at the step the letter tells of.
 */
export function composeLetter(kind: Kind, found: Case, locale: Letter["locale"], sender: Sender): Letter {
  const words = prepareWords(locale, sender.timeZone);
  const { request } = found;
  const { t } = words;
  const told = { found, words, sender };
  const { at, blocks } = PARTS[kind](told);
  const title = t(`letters.${kind}.title`);
  const running = [sender.controllerName, request.protocol].filter((one) => one !== null).join(" · ");
  return {
    locale,
    title,
    running,
    at,
    blocks: [{ kind: "text", text: t("letters.dear") }, ...blocks, ...contact(told)],
  };
}

const text = (content: string): Block => ({ kind: "text", text: content });
const heading = (content: string): Block => ({ kind: "heading", text: content });

const PARTS: Record<Kind, (told: Told) => { at: Date; blocks: Block[] }> = {
  acknowledgement: (told) => ({ at: told.found.request.openedAt, blocks: acknowledgement(told) }),
  refusal: (told) => ({
    at: told.found.request.decidedAt ?? told.found.request.openedAt,
    blocks: refusal(told),
  }),
  completion: (told) => ({ at: bodyOf(told.found).at, blocks: completion(told) }),
};

function facts({ found: { request }, words: { t, day } }: Told, more: [string, string][] = []): Block {
  return {
    kind: "facts",
    rows: [
      [t("letters.protocol"), request.protocol],
      [t("letters.asked"), t(`requests.right.${request.right}`)],
      [t("letters.law"), groundsOf(request).join("; ")],
      [t("letters.received"), day(request.receivedAt)],
      ...more,
    ],
  };
}

function contact({ found, words: { t }, sender: { controllerContact } }: Told): Block[] {
  const { protocol } = found.request;
  const sentence =
    controllerContact === null
      ? t("letters.contact.unknown", { protocol })
      : t("letters.contact.known", { contact: controllerContact, protocol });
  return [heading(t("letters.contact.title")), text(sentence)];
}

function acknowledgement(told: Told): Block[] {
  const { found, words, sender } = told;
  const { t, plainDay } = words;
  const { right, regimes } = found.request;
  const { now, timeZone } = sender;
  const deadlines = deadlinesOf(right, regimes, clockOf(found.request), { now, timeZone });
  const until = deadlines.map(({ regime, article, source, lastDay }) => {
    const said = { law: regime.toUpperCase(), article, day: plainDay(lastDay) };
    return text(
      source === "statute"
        ? t("letters.acknowledgement.statute", said)
        : t("letters.acknowledgement.target", said),
    );
  });
  const controller = sender.controllerName ?? t("letters.us");
  return [
    text(t("letters.acknowledgement.intro", { controller })),
    facts(told),
    heading(t("letters.acknowledgement.until")),
    ...until,
    text(t("letters.acknowledgement.identity")),
  ];
}

function refusal(told: Told): Block[] {
  const { t, day } = told.words;
  const { denialGround, decidedAt, assessment, regimes } = told.found.request;
  if (denialGround === null || decidedAt === null) throw new Error("This request was not denied.");
  return [
    text(t("letters.refusal.intro")),
    facts(told, [
      [t("letters.decided"), day(decidedAt)],
      [
        t("letters.refusal.ground"),
        `${t(`requests.ground.${denialGround}`)} (${denialArticles(denialGround, regimes)})`,
      ],
    ]),
    heading(t("letters.refusal.reasons")),
    text(assessment ?? ""),
    heading(t("letters.refusal.remedy")),
    ...regimes.map((regime) => text(t(`letters.refusal.${regime}`))),
  ];
}

function bodyOf({ receipts: [receipt] }: Case): { body: ReceiptBody; at: Date } {
  if (receipt === undefined) throw new Error("This request was not carried out.");
  return { body: receipt.body as ReceiptBody, at: receipt.madeAt };
}

function completion(told: Told): Block[] {
  const { words, found } = told;
  const { t, day, items } = words;
  const { body, at } = bodyOf(found);
  const { goes, stays } = body.preview;
  return [
    text(t("letters.completion.intro", { day: day(at) })),
    facts(told, [[t("letters.completed"), day(at)]]),
    heading(body.right === "rectification" ? t("letters.completion.replaced") : t("letters.completion.goes")),
    goes.length === 0 ? text(t("letters.completion.goesNone")) : items(goes, at),
    heading(t("letters.completion.stays")),
    stays.length === 0 ? text(t("letters.completion.staysNone")) : items(stays, at),
    heading(t("letters.completion.recipients")),
    recipients(told),
    text(t("letters.completion.proof")),
  ];
}

function recipients({ found, words: { t, day } }: Told): Block {
  if (found.recipients.length === 0) return text(t("letters.completion.recipientsNone"));
  return {
    kind: "facts",
    rows: found.recipients.map(({ name, state, settledAt }) => [
      name,
      state === "told" && settledAt !== null
        ? t("letters.completion.told", { day: day(settledAt) })
        : t("letters.completion.excused"),
    ]),
  };
}
