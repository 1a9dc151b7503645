import { desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditEntries, auditEpochs, auditSubjectKeys } from "#db/schema/audit.ts";
import { type FreshDatabase, freshDatabase } from "#db/testing/fresh-database.ts";
import { newId } from "#lib/ids.ts";
import { listSubjectRefs, nameSubject } from "./name-subject.ts";
import { recordAudit } from "./record-audit.ts";
import { rotateEpoch } from "./rotate-epoch.ts";
import { auditKeyOf } from "./seal-bytes.ts";
import { hashSealed, openDetails } from "./seal-details.ts";
import { shredSubject } from "./shred-subject.ts";
import { AUDIT_KEY } from "./testing/audit-key.ts";

const at = new Date("2026-03-13T12:00:00Z");
let seconds = 0;
/** Each entry later than the one before, so that the newest can be told by its id. */
const later = () => new Date(at.getTime() + 1000 * ++seconds);
const actor = { id: newId(), role: "administrator" } as const;
const personCalled = (customId: string) => ({ customId, key: AUDIT_KEY });
const ana = personCalled("123.456.789-09");

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase(12);
});
afterAll(() => fresh.drop());

const verify = (db: DatabaseOrTransaction, subject = ana, outcome = "matched") =>
  recordAudit(db, {
    action: "person.verify",
    actor,
    at: later(),
    entity: { type: "person", id: newId() },
    subject,
    details: {},
    sealed: { verificationId: newId(), outcome, reason: "matched" },
  });
async function newestEntry() {
  const [entry] = await fresh.db.select().from(auditEntries).orderBy(desc(auditEntries.id)).limit(1);
  if (!entry) throw new Error("There is no entry.");
  return entry;
}

test("writers that name the first person all at once use one epoch", async () => {
  const names = await Promise.all(
    Array.from({ length: 10 }, () => fresh.db.transaction((tx) => nameSubject(tx, ana, at))),
  );
  expect(new Set(names.map(({ ref }) => ref)).size).toBe(1);
  expect(await fresh.db.select({ epoch: auditEpochs.epoch }).from(auditEpochs)).toEqual([{ epoch: 1 }]);
});

test("an entry names a person by a reference, and neither it nor what is sealed holds the CustomID in the clear", async () => {
  await verify(fresh.db);
  const entry = await newestEntry();
  expect(entry.subjectRef).toMatch(/^[0-9a-f]{64}$/);
  expect(entry).toMatchObject({ subjectEpoch: 1, details: {} });
  const [sealed] = await fresh.sql`select * from audit_sealed_details where entry_id = ${entry.id}`;
  expect(hashSealed(sealed?.ciphertext)).toBe(entry.sealedHash);
  expect(JSON.stringify(entry)).not.toContain(ana.customId);
  expect(Buffer.from(sealed?.ciphertext).toString("latin1")).not.toMatch(/matched/);
  expect(await openDetails(fresh.db, entry.id, AUDIT_KEY)).toMatchObject({
    state: "open",
    details: { outcome: "matched" },
  });
});

test("what is sealed opens with the installation's key alone", async () => {
  await verify(fresh.db);
  const other = auditKeyOf("cd".repeat(32));
  expect(await openDetails(fresh.db, (await newestEntry()).id, other)).toEqual({ state: "unreadable" });
});

test("with another secret nobody can be named, so nothing about a person can be done", async () => {
  const stranger = { customId: "x", key: auditKeyOf("cd".repeat(32)) };
  await expect(nameSubject(fresh.db, stranger, at)).rejects.toThrow(/GATEHOUSE_AUDIT_SECRET/);
});

test("after a rotation a person has a new name, is still found by the old one, and what was sealed still opens", async () => {
  await verify(fresh.db);
  const before = await newestEntry();
  const { epoch } = await rotateEpoch(fresh.db, AUDIT_KEY, { id: null, role: "system" }, at);
  expect(epoch).toBe(2);
  await verify(fresh.db);
  const after = await newestEntry();
  expect(after.subjectEpoch).toBe(2);
  expect(after.subjectRef).not.toBe(before.subjectRef);
  const names = (await listSubjectRefs(fresh.db, ana)).map(({ ref }) => ref);
  expect(names).toEqual([after.subjectRef, before.subjectRef]);
  expect(await openDetails(fresh.db, before.id, AUDIT_KEY)).toMatchObject({ state: "open" });
});

test("of two rotations at once one fails, and no epoch is skipped", async () => {
  const rotate = () => rotateEpoch(fresh.db, AUDIT_KEY, { id: null, role: "system" }, at);
  const done = await Promise.allSettled([rotate(), rotate()]);
  const made = done.filter(({ status }) => status === "fulfilled").length;
  const epochs = await fresh.db.select({ epoch: auditEpochs.epoch }).from(auditEpochs);
  expect(epochs.map(({ epoch }) => epoch).sort()).toEqual([1, 2, 3, 4].slice(0, 2 + made));
});

test("writers of one person do not wait for each other: each that sees no key makes its own, and all open", async () => {
  const bia = personCalled("bia");
  const ids: string[] = [];
  // Every transaction stays open until all have sealed: one that waited for another would never get there.
  let arrived = 0;
  let letGo: () => void = () => undefined;
  const all = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await Promise.all(
    Array.from({ length: 5 }, () =>
      fresh.db.transaction(async (tx) => {
        await verify(tx, bia);
        arrived += 1;
        if (arrived === 5) letGo();
        await all;
      }),
    ),
  );
  const [name] = await listSubjectRefs(fresh.db, bia);
  const entries = await fresh.db
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.subjectRef, name?.ref ?? ""));
  ids.push(...entries.map(({ id }) => id));
  expect(ids).toHaveLength(5);
  for (const id of ids) expect(await openDetails(fresh.db, id, AUDIT_KEY)).toMatchObject({ state: "open" });
  const keys = () =>
    fresh.db
      .select()
      .from(auditSubjectKeys)
      .where(eq(auditSubjectKeys.subjectRef, name?.ref ?? ""));
  const before = (await keys()).length;
  await verify(fresh.db, bia);
  expect(await keys()).toHaveLength(before);
});

test("shredding a person makes what was told of them unreadable for ever, and touches no entry and nobody else", async () => {
  const [eva, ivo] = [personCalled("eva"), personCalled("ivo")];
  await verify(fresh.db, ivo);
  const ofIvo = await newestEntry();
  await verify(fresh.db, eva);
  const ofEva = await newestEntry();
  const done = await shredSubject(fresh.db, { personId: null, subject: eva }, actor, later());
  expect(done).toEqual({ keys: 1 });
  expect(await openDetails(fresh.db, ofEva.id, AUDIT_KEY)).toEqual({ state: "shredded" });
  expect(await openDetails(fresh.db, ofIvo.id, AUDIT_KEY)).toMatchObject({ state: "open" });
  expect(await fresh.db.select().from(auditEntries).where(eq(auditEntries.id, ofEva.id))).toEqual([ofEva]);
  expect(await newestEntry()).toMatchObject({ action: "person.shred", details: { keys: 1 } });
});

test("shredding misses no writer that is still at it", async () => {
  const leo = personCalled("leo");
  let finish: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    finish = resolve;
  });
  let hasSealed: () => void = () => undefined;
  const sealed = new Promise<void>((resolve) => {
    hasSealed = resolve;
  });
  const writing = fresh.db.transaction(async (tx) => {
    await verify(tx, leo);
    hasSealed();
    await held;
  });
  await sealed;
  const shredding = shredSubject(fresh.db, { personId: null, subject: leo }, actor, at);
  finish();
  await writing;
  expect(await shredding).toEqual({ keys: 1 });
});
