import "server-only";
import type { Database } from "#db/client.ts";
import { requireCaller } from "#lib/auth/viewer.ts";
import { consoleAuditKey } from "#lib/console/audit.ts";
import { consoleDatabase, consoleSettings } from "#lib/console/runtime.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { MESSAGES } from "#lib/i18n/messages.ts";
import { isId } from "#lib/ids.ts";
import { composeLetter } from "./compose-letter.ts";
import { composePdf } from "./compose-pdf.ts";
import { composeReceiptPages } from "./compose-receipt-pages.ts";
import { composeStatement, composeStatementData } from "./compose-statement.ts";
import { type Case, findCase, readHeldRecord, stateOf } from "./queries.ts";
import { recordDownload } from "./record-download.ts";
import { unavailability } from "./rules.ts";
import { DOCUMENTS, type DocumentName, type Unavailable } from "./types.ts";

export type LoadedDocument =
  | { ok: true; bytes: Uint8Array<ArrayBuffer>; fileName: string; type: string }
  | { ok: false; code: Unavailable; text: string };

/**
 * A document of a request as a file, made at this moment; a receipt is the one that was kept. Audits `request.download`
 * with its SHA-256 before it is handed over.
 */
export async function loadDocument(requestId: string, name: string, locale: Locale): Promise<LoadedDocument> {
  const viewer = await requireCaller("request.read");
  const document = DOCUMENTS.find((one) => one === name);
  const db = consoleDatabase();
  const found = document !== undefined && isId(requestId) ? await findCase(db, requestId) : null;
  if (document === undefined || found === null) return refuse("unknown", locale);
  const trouble = unavailability(stateOf(found), document);
  if (trouble !== null) return refuse(trouble, locale);
  const now = new Date();
  const bytes = new Uint8Array(await COMPOSE[document]({ db, found, locale, now }));
  const [kind, ending] = document.split(".");
  const what = ending === "json" ? document : `${document} ${locale}`;
  await recordDownload(
    db,
    { requestId, what, bytes },
    { id: viewer.memberId, role: viewer.role },
    new Date(),
  );
  return {
    ok: true,
    bytes,
    fileName: `${found.request.protocol}-${kind}.${ending}`,
    type: ending === "json" ? "application/json" : "application/pdf",
  };
}

const refuse = (code: Unavailable, locale: Locale): LoadedDocument => ({
  ok: false,
  code,
  text: MESSAGES[locale].letters.unavailable[code],
});

type Wanted = { db: Database; found: Case; locale: Locale; now: Date };

const COMPOSE: Record<DocumentName, (wanted: Wanted) => Promise<Buffer>> = {
  "acknowledgement.pdf": (wanted) => letter("acknowledgement", wanted),
  "refusal.pdf": (wanted) => letter("refusal", wanted),
  "completion.pdf": (wanted) => letter("completion", wanted),
  "receipt.pdf": ({ found, locale }) =>
    composePdf(composeReceiptPages(fileOf(found), locale, consoleSettings().timeZone)),
  "receipt.json": async ({ found }) => Buffer.from(fileOf(found)),
  "statement.pdf": async (wanted) => composePdf(composeStatement(await heldIn(wanted), wanted.locale)),
  "statement.json": async (wanted) =>
    Buffer.from(`${JSON.stringify(composeStatementData(await heldIn(wanted)), null, 2)}\n`),
};

function letter(kind: Parameters<typeof composeLetter>[0], { found, locale, now }: Wanted): Promise<Buffer> {
  const { timeZone, requests } = consoleSettings();
  const { controllerName, controllerContact } = requests;
  return composePdf(composeLetter(kind, found, locale, { controllerName, controllerContact, timeZone, now }));
}

function fileOf({ receipts: [receipt] }: Case): string {
  if (!receipt?.file) throw new Error("The receipt is not whole yet.");
  return receipt.file;
}

async function heldIn({ db, found, now }: Wanted) {
  const { customId } = found.request;
  if (customId === null) throw new Error("The request is closed and knows its person no longer.");
  const held = await readHeldRecord(db, { customId, key: consoleAuditKey() });
  return { found, held, now, timeZone: consoleSettings().timeZone };
}
