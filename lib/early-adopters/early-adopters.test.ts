import { createHash } from "node:crypto";
import { desc, eq, inArray } from "drizzle-orm";
import { expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { people } from "#db/schema/people.ts";
import { dataRequests } from "#db/schema/requests.ts";
import { earlyAdopters } from "#db/schema/rollouts.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { auditKeyOf } from "#lib/audit/seal-bytes.ts";
import { newId } from "#lib/ids.ts";
import { noteErased } from "#lib/ledger/note-erased.ts";
import { makeMember } from "#lib/members/testing/make-member.ts";
import { type Adder, addAdopters } from "./add-adopters.ts";
import { importFile } from "./import-file.ts";
import { ADOPTERS_SHOWN, countCohort, findAdopter, listAdopters } from "./queries.ts";
import { removeAdopters } from "./remove-adopters.ts";
import { removeAdoptersSchema } from "./schema.ts";

const AT = new Date("2026-03-13T12:00:00.000Z");
const AUDIT_KEY = auditKeyOf("ef".repeat(32));
let ticks = 0;
/** Later each time, so that the log's newest entry is the last one. */
const tick = () => new Date(AT.getTime() + ++ticks);
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

async function adder(tx: DatabaseOrTransaction): Promise<Adder> {
  const { id } = await makeMember(tx, "product_manager");
  return {
    actor: { id, role: "product_manager" },
    auditKey: AUDIT_KEY,
    refOf: (customId) => `ref of ${customId}`,
  };
}

async function enrol(
  tx: DatabaseOrTransaction,
  customId: string,
  over: Partial<typeof people.$inferInsert> = {},
) {
  const id = newId();
  await tx.insert(people).values({
    ...{ id, customId, customIdFolded: customId, status: "enrolled", faceEnrolled: true, bucket: 40 },
    ...{ legalBasis: "lgpd_11_i_consent", createdAt: AT, enrolledAt: AT, ...over },
  });
  return id;
}

async function askErasure(tx: DatabaseOrTransaction, customId: string) {
  await tx.insert(dataRequests).values({
    ...{ id: newId(), protocol: newId(), right: "erasure", regimes: ["lgpd"], state: "executing" },
    ...{ customId, channel: "email", subjectRef: "r", subjectEpoch: 1, ruleVersion: "1" },
    ...{ receivedAt: AT, openedAt: AT, openedBy: newId(), dueAt: AT },
  });
}

async function* inPieces(text: string) {
  const bytes = new Uint8Array(Buffer.from(text));
  for (let from = 0; from < bytes.length; from += 7) yield bytes.subarray(from, from + 7);
}
const importText = (tx: DatabaseOrTransaction, text: string, by: Adder, expectedSha256: string | null) =>
  importFile(tx, { bytes: inPieces(text), expectedSha256 }, by, tick());

const lastEntry = async (tx: DatabaseOrTransaction, by: Adder) =>
  (
    await tx
      .select()
      .from(auditEntries)
      .where(eq(auditEntries.actorId, by.actor.id))
      .orderBy(desc(auditEntries.id))
      .limit(1)
  )[0];

const inCohort = async (tx: DatabaseOrTransaction, customIds: string[]) =>
  (await tx.select().from(earlyAdopters).where(inArray(earlyAdopters.customId, customIds))).map(
    ({ customId }) => customId,
  );

test("who is added by hand comes in exactly as written, once, and the log names one who was added alone", () =>
  inRolledBackTransaction(async (tx) => {
    const by = await adder(tx);
    await enrol(tx, "Ana 1 ");
    const report = await addAdopters(tx, ["Ana 1 ", "ana 1", "Ana 1 "], by, tick());
    expect(report).toMatchObject({ rows: 3, added: 2, enrolled: 1, known: 0, repeated: 1, refused: {} });
    expect(await findAdopter(tx, "Ana 1 ")).toMatchObject({ addedBy: "product_manager-01" });
    expect(await lastEntry(tx, by)).toMatchObject({
      ...{ action: "early_adopters.add", details: { count: 2 }, subjectRef: null },
    });
    expect(await addAdopters(tx, ["ANA 1"], by, tick())).toMatchObject({ added: 1 });
    expect((await lastEntry(tx, by))?.subjectRef).toMatch(/^[0-9a-f]{64}$/);
    const before = await lastEntry(tx, by);
    expect(await addAdopters(tx, ["ANA 1"], by, tick())).toMatchObject({ added: 0, known: 1 });
    expect(await lastEntry(tx, by)).toEqual(before);
  }));

test("a file is told of before it is imported, and then does what was told, with its SHA-256 in the log", () =>
  inRolledBackTransaction(async (tx) => {
    const by = await adder(tx);
    const [enrolled, known, fresh] = [newId(), newId(), newId()];
    await enrol(tx, enrolled);
    await addAdopters(tx, [known], by, tick());
    const file = `nome;CustomID\r\nA;${enrolled}\r\nB;${known}\r\nC;${fresh}\r\nD;\r\nE;${"x".repeat(129)}\r\nF;${fresh}\r\n`;
    const told = {
      ...{ rows: 6, added: 2, enrolled: 1, known: 1, repeated: 1 },
      refused: { custom_id_missing: 1, custom_id_unusable: 1 },
      leftOut: [
        { line: 5, trouble: "custom_id_missing" },
        { line: 6, trouble: "custom_id_unusable" },
      ],
    };
    const fileSha256 = sha256(file);
    expect(await importText(tx, file, by, null)).toEqual({ ok: true, report: told, fileSha256 });
    expect(await inCohort(tx, [enrolled, fresh])).toEqual([]);
    expect(await importText(tx, file, by, fileSha256)).toEqual({ ok: true, report: told, fileSha256 });
    expect((await inCohort(tx, [enrolled, fresh])).sort()).toEqual([enrolled, fresh].sort());
    expect(await lastEntry(tx, by)).toMatchObject({
      action: "early_adopters.import",
      details: { rows: 6, added: 2, known: 1, repeated: 1, refused: 2, fileSha256 },
    });
    // Once more, as after an answer that was lost.
    expect(await importText(tx, file, by, fileSha256)).toMatchObject({ report: { added: 0, known: 3 } });
  }));

test("who is about to be erased, or was and has not enrolled anew, does not come back by a list", () =>
  inRolledBackTransaction(async (tx) => {
    const by = await adder(tx);
    const [pending, erased, anew] = [newId(), newId(), newId()];
    await enrol(tx, pending);
    await askErasure(tx, pending);
    for (const one of [erased, anew]) await noteErased(tx, by.refOf(one), AT);
    await enrol(tx, anew);
    const file = `${pending}\n${erased}\n${anew}\n`;
    expect(await importText(tx, file, by, sha256(file))).toMatchObject({
      report: {
        ...{ rows: 3, added: 1, refused: { erasure_pending: 1, erased_before: 1 } },
        leftOut: [
          { line: 1, trouble: "erasure_pending" },
          { line: 2, trouble: "erased_before" },
        ],
      },
    });
    expect(await addAdopters(tx, [erased], by, tick())).toMatchObject({
      added: 0,
      refused: { erased_before: 1 },
    });
    expect(await inCohort(tx, [pending, erased, anew])).toEqual([anew]);
  }));

test("a file that cannot be read, is not the one that was looked through or breaks off adds nobody", () =>
  inRolledBackTransaction(async (tx) => {
    const by = await adder(tx);
    const customId = newId();
    const refused = (text: string, expected: string | null = null) => importText(tx, text, by, expected);
    expect(await refused("name;city\nAna;Rio\n")).toEqual({ ok: false, trouble: "no_column", line: null });
    expect(await refused("")).toEqual({ ok: false, trouble: "empty", line: null });
    expect(await refused("CustomID\n")).toEqual({ ok: false, trouble: "no_rows", line: null });
    expect(await refused(`${customId}\n"broken\n`)).toEqual({ ok: false, trouble: "broken", line: 2 });
    expect(await refused(`${customId}\n`, sha256("another"))).toEqual({
      ...{ ok: false, trouble: "changed", line: null },
    });
    async function* cutOff() {
      yield* inPieces(`${customId}\nmore`);
      throw new Error("aborted");
    }
    const cut = importFile(tx, { bytes: cutOff(), expectedSha256: sha256(`${customId}\n`) }, by, tick());
    await expect(cut).rejects.toThrow("aborted");
    expect(await inCohort(tx, [customId])).toEqual([]);
    expect(await lastEntry(tx, by)).toBeUndefined();
  }));

test("people are taken out by their rows or by their CustomID, and the log names one who was alone", () =>
  inRolledBackTransaction(async (tx) => {
    const by = await adder(tx);
    const customIds = [newId(), newId(), newId()];
    await addAdopters(tx, customIds, by, tick());
    const places = await Promise.all(
      customIds.slice(0, 2).map(async (one) => (await findAdopter(tx, one))?.place),
    );
    const byRows = removeAdoptersSchema.parse({ place: places.map(String) });
    expect(await removeAdopters(tx, byRows, by, tick())).toEqual({ removed: 2 });
    expect(await lastEntry(tx, by)).toMatchObject({
      ...{ action: "early_adopters.remove", details: { count: 2 }, subjectRef: null },
    });
    const last = removeAdoptersSchema.parse({ customId: customIds[2] });
    expect(await removeAdopters(tx, last, by, tick())).toEqual({ removed: 1 });
    expect((await lastEntry(tx, by))?.subjectRef).toMatch(/^[0-9a-f]{64}$/);
    expect(await removeAdopters(tx, last, by, tick())).toEqual({ removed: 0 });
  }));

test("the list goes from the newest to the oldest and back, page by page, without a gap or a repetition", () =>
  inRolledBackTransaction(async (tx) => {
    const by = await adder(tx);
    await tx.delete(earlyAdopters);
    const customIds = Array.from({ length: ADOPTERS_SHOWN * 2 + 5 }, () => newId());
    const person = await enrol(tx, customIds.at(-1) ?? "", { lastMatchedAt: AT, lastLoginAt: AT });
    await addAdopters(tx, customIds, by, tick());
    expect(await countCohort(tx)).toEqual({ people: customIds.length, enrolled: 1, recognised: 1 });
    const seen: string[] = [];
    let page = await listAdopters(tx, null);
    expect(page).toMatchObject({ hasNewer: false, hasOlder: true });
    expect(page.rows[0]).toMatchObject({
      personId: person,
      status: "enrolled",
      addedBy: "product_manager-01",
    });
    for (;;) {
      seen.push(...page.rows.map(({ customId }) => customId));
      if (!page.hasOlder) break;
      page = await listAdopters(tx, { place: page.rows.at(-1)?.place ?? 0, direction: "older" });
    }
    expect(seen).toEqual([...customIds].reverse());
    const back = await listAdopters(tx, { place: page.rows[0]?.place ?? 0, direction: "newer" });
    expect(back.rows.map(({ customId }) => customId)).toEqual(seen.slice(ADOPTERS_SHOWN, ADOPTERS_SHOWN * 2));
    expect(back.hasNewer).toBe(true);
  }));
