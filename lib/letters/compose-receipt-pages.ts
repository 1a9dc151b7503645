import type { LegalBasis } from "#lib/people/schema.ts";
import { digestOf } from "#lib/receipts/compose-receipt.ts";
import type { ReceiptBody, ReceiptFile } from "#lib/receipts/types.ts";
import { prepareWords, type Words } from "./prepare-words.ts";
import type { Block, Letter } from "./types.ts";

/** A receipt as a person reads it. The receipt itself is attached: the pages are a reading, the file is what verifies. */
export function composeReceiptPages(file: string, locale: Letter["locale"], timeZone: string): Letter {
  const receipt = JSON.parse(file) as ReceiptFile;
  const { body } = receipt;
  const words = prepareWords(locale, timeZone);
  const { t } = words;
  const name = `${body.protocol}.json`;
  return {
    locale,
    title: t("letters.receipt.title"),
    running: body.protocol,
    at: new Date(body.dates.completedAt),
    blocks: [
      text(t("letters.receipt.intro")),
      { kind: "facts", rows: [...caseRows(body, words), ...deadlineRows(body, words)] },
      heading(t("letters.receipt.people")),
      { kind: "facts", rows: peopleRows(body, words) },
      ...items(t("letters.receipt.goes"), body, "goes", words),
      ...items(t("letters.receipt.stays"), body, "stays", words),
      heading(t("letters.receipt.acts")),
      { kind: "facts", rows: actRows(body, words) },
      heading(t("letters.receipt.evidence")),
      { kind: "facts", rows: evidenceRows(receipt, words) },
      text(t("letters.receipt.verify", { file: name })),
    ],
    attachment: { name, content: file },
  };
}

type Rows = [string, string][];
const text = (content: string): Block => ({ kind: "text", text: content });
const heading = (content: string): Block => ({ kind: "heading", text: content });

function items(title: string, body: ReceiptBody, side: "goes" | "stays", words: Words): Block[] {
  const list = body.preview[side];
  const from = new Date(body.dates.completedAt);
  return [
    heading(title),
    list.length === 0 ? text(words.t("letters.receipt.none")) : words.items(list, from),
  ];
}

function caseRows(body: ReceiptBody, { t, exact }: Words): Rows {
  const { protocol, right, grounds, legalBasis, channel, identityMethod, dates } = body;
  return [
    [t("letters.protocol"), protocol],
    [t("letters.asked"), t(`requests.right.${right}`)],
    [t("letters.law"), grounds.join("; ")],
    ...(legalBasis === null
      ? []
      : ([
          [t("letters.receipt.basis"), t(`people.person.basis.${legalBasis as LegalBasis}`)],
        ] satisfies Rows)),
    [t("letters.receipt.channel"), t(`requests.channel.${channel}`)],
    ...(identityMethod === null
      ? []
      : ([[t("letters.receipt.identity"), t(`requests.method.${identityMethod}`)]] satisfies Rows)),
    [t("letters.received"), exact(new Date(dates.receivedAt))],
    ...(dates.decidedAt === null
      ? []
      : ([[t("letters.decided"), exact(new Date(dates.decidedAt))]] satisfies Rows)),
    [t("letters.completed"), exact(new Date(dates.completedAt))],
  ];
}

function deadlineRows({ deadline, reopenedAfterRestore, round }: ReceiptBody, { t, plainDay }: Words): Rows {
  const again: Rows = reopenedAfterRestore
    ? [[t("letters.receipt.reopened"), t("letters.receipt.round", { round })]]
    : [];
  if (deadline === null) return again;
  const { regime, article, source, ruleVersion, lastDay, isMet } = deadline;
  const law = regime.toUpperCase();
  const day = plainDay(lastDay);
  const rule = t("letters.receipt.rule", { version: ruleVersion });
  const whose = source === "statute" ? `${law} ${article}` : t("letters.receipt.target", { law, article });
  return [
    [
      t("letters.receipt.deadline"),
      isMet ? t("letters.receipt.met", { day }) : t("letters.receipt.missed", { day }),
    ],
    [t("letters.receipt.article"), `${whose}; ${rule}`],
    ...again,
  ];
}

function peopleRows({ actors, singleControl, subject, recipients }: ReceiptBody, { t }: Words): Rows {
  const nobody = t("letters.receipt.nobody");
  const told = recipients.filter(({ state }) => state === "told").length;
  return [
    [t("letters.receipt.openedBy"), actors.openedBy ?? actors.applicationId ?? nobody],
    [t("letters.receipt.assessedBy"), actors.assessedBy ?? nobody],
    [t("letters.receipt.decidedBy"), actors.decidedBy ?? nobody],
    [
      t("letters.receipt.singleControl"),
      singleControl ? t("letters.receipt.single") : t("letters.receipt.two"),
    ],
    [t("letters.receipt.reference"), t("letters.receipt.epoch", { ref: subject.ref, epoch: subject.epoch })],
    [
      t("letters.receipt.recipients"),
      t("letters.receipt.recipientsText", { told, excused: recipients.length - told }),
    ],
  ];
}

function actRows({ attempts }: ReceiptBody, { t, exact }: Words): Rows {
  return attempts.map(({ number, kind, code, apiStatus, answerSha256, state, settledAt, intendedAt }) => {
    const said = t("letters.receipt.actText", {
      code: code ?? state,
      status: apiStatus === null ? t("letters.receipt.noStatus") : String(apiStatus),
      at: exact(new Date(settledAt ?? intendedAt)),
    });
    const answer = answerSha256 === null ? "" : `; ${t("letters.receipt.answer", { sha256: answerSha256 })}`;
    const name = t("letters.receipt.act", {
      number: String(number),
      kind: t(`letters.receipt.actKind.${kind}`),
    });
    return [name, `${said}${answer}`];
  });
}

function evidenceRows({ body, entry, checkpoint }: ReceiptFile, { t, number, exact }: Words): Rows {
  const size = Number(checkpoint.split("\n")[1]);
  const at = exact(new Date(entry.at));
  const stands = { entry: number(entry.sequence), size: number(size), at };
  const approved = body.preview.digest;
  return [
    [t("letters.receipt.digest"), digestOf(body)],
    ...(approved === null ? [] : ([[t("letters.receipt.preview"), approved]] satisfies Rows)),
    [t("letters.receipt.entry"), t("letters.receipt.entryText", stands)],
    [t("letters.receipt.checkpoint"), checkpoint.trim()],
  ];
}
