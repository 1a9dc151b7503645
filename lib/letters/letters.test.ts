import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { people } from "#db/schema/people.ts";
import { earlyAdopters } from "#db/schema/rollouts.ts";
import { type FreshDatabase, freshDatabase } from "#db/testing/fresh-database.ts";
import { AUDIT_KEY } from "#lib/audit/testing/audit-key.ts";
import { openLogWorld } from "#lib/audit/testing/log-world.ts";
import { LOCALES, type Locale } from "#lib/i18n/locales.ts";
import { newId } from "#lib/ids.ts";
import { foldCustomId } from "#lib/people/schema.ts";
import { proveReceipts } from "#lib/receipts/prove-receipts.ts";
import { AT, completeRequest, grantedRequest, TIME_ZONE } from "#lib/receipts/testing/complete-request.ts";
import { listRequestsOfSubject } from "#lib/requests/queries.ts";
import { DENIAL_GROUNDS, REQUEST_STATES, RIGHTS } from "#lib/requests/types.ts";
import { composeLetter } from "./compose-letter.ts";
import { composePdf } from "./compose-pdf.ts";
import { composeReceiptPages } from "./compose-receipt-pages.ts";
import { composeStatement, composeStatementData } from "./compose-statement.ts";
import { type Case, findCase, readHeldRecord } from "./queries.ts";
import { availableDocuments } from "./rules.ts";
import type { Letter } from "./types.ts";

const CUSTOM_ID = "u-30977-bruma";
const now = new Date(AT.getTime() + 60_000);
const sender = {
  controllerName: "Banco Exemplo S.A.",
  controllerContact: "encarregado@banco.example",
  timeZone: TIME_ZONE,
  now,
};

let fresh: FreshDatabase;
let world: ReturnType<typeof openLogWorld>;
let done: Case;
let file: string;
beforeAll(async () => {
  fresh = await freshDatabase();
  world = openLogWorld();
  const preview = {
    goes: [
      { kind: "face_template", items: 1, where: "api", article: "LGPD art. 18 VI" },
      { kind: "finger_templates", items: 4, where: "api", article: "LGPD art. 18 VI" },
      { kind: "mapping", items: 2, where: "gatehouse", article: "LGPD art. 18 VI" },
    ],
    stays: [{ kind: "history", items: 1064, where: "gatehouse", article: "LGPD art. 12", keptDays: 400 }],
  };
  const facts = await grantedRequest(fresh.db, CUSTOM_ID, { preview });
  await completeRequest(fresh.db, CUSTOM_ID, facts);
  await world.keep(fresh.db);
  await proveReceipts(fresh.db, world.signer.verifierKey, now);
  const found = await findCase(fresh.db, facts.request.id);
  if (!found?.receipts[0]?.file) throw new Error("The receipt is not whole.");
  file = found.receipts[0].file;
  done = { request: facts.request, recipients: [...facts.recipients], receipts: found.receipts };
});
afterAll(async () => {
  world.close();
  await fresh.drop();
});

/** Everything a letter would print. */
const wordsOf = ({ title, running, blocks }: Letter): string => JSON.stringify([title, running, blocks]);
const denied = (): Case => ({
  ...done,
  request: { ...done.request, state: "denied", proposal: "deny", denialGround: "fraud_prevention" },
  receipts: [],
});
const letters = (locale: Locale) => ({
  acknowledgement: composeLetter("acknowledgement", { ...done, receipts: [] }, locale, sender),
  refusal: composeLetter("refusal", denied(), locale, sender),
  completion: composeLetter("completion", done, locale, sender),
  receipt: composeReceiptPages(file, locale, TIME_ZONE),
});

test.each(LOCALES)(
  "no letter and no receipt in %s carries the CustomID, and all carry the protocol",
  (locale) => {
    for (const letter of Object.values(letters(locale))) {
      expect(wordsOf(letter)).toContain(done.request.protocol);
      expect(wordsOf(letter)).not.toContain(CUSTOM_ID);
      expect(wordsOf(letter)).not.toMatch(/letters\.|requests\./);
    }
  },
);

test("no number of days is shown where the law has none, and the law's own day where it has one", () => {
  const target = wordsOf(letters("en").acknowledgement);
  expect(target).toContain(
    "LGPD art. 18 §4 sets no number of days. Our own target is to answer by 13 March 2026.",
  );
  const request = { ...done.request, right: "access" as const };
  const statute = wordsOf(composeLetter("acknowledgement", { ...done, request }, "pt-BR", sender));
  expect(statute).toContain("Até 21 de março de 2026, conforme LGPD art. 19 II.");
});

test("a refusal tells ground, article, reasons and the way to the authority of each law that applies", () => {
  const request = { ...denied().request, regimes: ["lgpd" as const, "gdpr" as const] };
  const text = wordsOf(composeLetter("refusal", { ...denied(), request }, "en", sender));
  for (const said of [
    "Fraud",
    "LGPD art. 11 II g; GDPR art. 9(2)(g)",
    "Nothing obliges us",
    "(ANPD)",
    "supervisory authority",
    "a court",
  ])
    expect(text).toContain(said);
  for (const denialGround of DENIAL_GROUNDS)
    expect(
      wordsOf(
        composeLetter("refusal", { ...denied(), request: { ...request, denialGround } }, "pt-BR", sender),
      ),
    ).toContain("GDPR art.");
});

test("the answer says what was deleted, what stays and why, and who was told, but not what an officer noted", () => {
  const text = wordsOf(letters("pt-BR").completion);
  for (const said of [
    "Template da face",
    "1.064",
    "LGPD art. 12",
    "Card printer",
    "avisado em 7 de março de 2026",
  ])
    expect(text).toContain(said);
  expect(text).not.toContain("Ana");
});

test("the answer and the receipt say until when at the latest what stays is kept", () => {
  // The month of the completion ends on 1 April 2026 in UTC; 400 days later it is still 5 May in São Paulo.
  for (const letter of [letters("en").completion, letters("en").receipt])
    expect(wordsOf(letter)).toContain("Gatehouse, until 5 May 2027 at the latest");
  expect(wordsOf(letters("pt-BR").receipt)).toContain("até 5 de maio de 2027 no máximo");
});

test("the statement of what is held names the person, in both forms", async () => {
  const customId = "u-1";
  await fresh.db.insert(people).values({
    id: newId(),
    customId,
    customIdFolded: foldCustomId(customId),
    bioPassId: "bp-9",
    status: "enrolled",
    faceEnrolled: true,
    fingersEnrolled: [2, 7],
    legalBasis: "lgpd_11_i_consent",
    bucket: 1,
    createdAt: AT,
    confirmedAt: AT,
  });
  await fresh.db.insert(earlyAdopters).values({ customId, addedBy: newId(), addedAt: AT });
  const held = await readHeldRecord(fresh.db, { customId, key: AUDIT_KEY });
  const told = { found: { ...done, receipts: [] }, held, now, timeZone: TIME_ZONE };
  const text = wordsOf(composeStatement(told, "pt-BR"));
  for (const said of [
    customId,
    "bp-9",
    "2 dedos: indicador direito",
    "Consentimento",
    "Card printer",
    "400 dias",
    "Entre os primeiros usuários desde",
  ])
    expect(text).toContain(said);
  expect(composeStatementData(told)).toMatchObject({
    customId,
    held: { fingerTemplates: [2, 7], images: 0 },
  });
  await fresh.db.delete(people).where(eq(people.customId, customId));
  await fresh.db.delete(earlyAdopters);
  const nothing = await readHeldRecord(fresh.db, { customId, key: AUDIT_KEY });
  expect(wordsOf(composeStatement({ ...told, held: nothing }, "en"))).toContain(
    "No record of this identifier",
  );
});

test("a document is offered only where the request is at its step", () => {
  const at = { isClosed: false, isIdentityChecked: true, receipt: "none" } as const;
  for (const right of RIGHTS)
    for (const state of REQUEST_STATES) {
      const offered = availableDocuments({ ...at, right, state });
      expect(offered.includes("refusal.pdf")).toBe(state === "denied");
      expect(offered.includes("acknowledgement.pdf")).toBe(right !== "deletion");
      expect(offered.includes("statement.json")).toBe(right === "access");
      expect(offered.filter((name) => /receipt|completion/.test(name))).toEqual([]);
    }
  expect(availableDocuments({ ...at, right: "access", state: "received", isIdentityChecked: false })).toEqual(
    ["acknowledgement.pdf"],
  );
  expect(
    availableDocuments({ ...at, right: "erasure", state: "completed", isClosed: true, receipt: "whole" }),
  ).toEqual(["acknowledgement.pdf", "completion.pdf", "receipt.pdf", "receipt.json"]);
});

test("a person is found again by their CustomID after it is gone", async () => {
  await fresh.sql`alter table data_requests disable trigger user`;
  await fresh.sql`update data_requests set state = 'completed', closed_at = now(), custom_id = null`;
  const found = await listRequestsOfSubject(fresh.db, { customId: CUSTOM_ID, key: AUDIT_KEY });
  expect(found.map(({ protocol, state }) => [protocol, state])).toEqual([
    [done.request.protocol, "completed"],
  ]);
  expect(await listRequestsOfSubject(fresh.db, { customId: "nobody", key: AUDIT_KEY })).toEqual([]);
});

test("a letter's PDF is tagged, in its language, and the same bytes each time", async () => {
  const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
  for (const locale of LOCALES)
    for (const letter of Object.values(letters(locale))) {
      const pdf = await composePdf(letter);
      expect(sha256(await composePdf(letter))).toBe(sha256(pdf));
      const text = pdf.toString("latin1");
      expect(text).toContain(`/Lang (${locale})`);
      expect(text).toContain("/Marked true");
    }
});

test("the receipt inside its PDF verifies, and not once it was altered", async () => {
  const pdf = await composePdf(letters("en").receipt);
  const verify = (bytes: Buffer): Promise<{ code: number; text: string }> =>
    new Promise((resolve) => {
      const path = join(world.folder, "receipt.pdf");
      writeFileSync(path, bytes);
      const key = join(world.folder, "audit-public-key.txt");
      const script = join(process.cwd(), "scripts", "verify-receipt.mjs");
      execFile(process.execPath, [script, path, "--public-key", key], (error, text) =>
        resolve({ code: error === null ? 0 : Number(error.code), text }),
      );
    });
  const whole = await verify(pdf);
  expect(whole.text).toContain(`VERIFIED: receipt of ${done.request.protocol}`);
  expect(whole.code).toBe(0);
  const altered = Buffer.from(pdf);
  const place = altered.indexOf("stream", altered.indexOf("/EmbeddedFile")) + 60;
  altered[place] = (altered[place] ?? 0) ^ 1;
  expect((await verify(altered)).code).toBe(1);
});
