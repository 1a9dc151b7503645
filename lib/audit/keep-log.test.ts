import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asc } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { auditCheckpointCopies, auditCheckpoints } from "#db/schema/audit.ts";
import { notificationEvents, notificationTargets } from "#db/schema/notifications.ts";
import { type FreshDatabase, freshDatabase } from "#db/testing/fresh-database.ts";
import { newId } from "#lib/ids.ts";
import type { NotificationEventName } from "#lib/notifications/schema.ts";
import { checkpointSigner, findNotes, openCheckpoint } from "#lib/transparency/checkpoint.ts";
import { sameHash } from "#lib/transparency/merkle.ts";
import { keepCheckpoints } from "./keep-checkpoints.ts";
import { keepLog, type LogDesk } from "./keep-log.ts";
import { getRoot, getTreeSize } from "./prove-entries.ts";
import { sealEntries } from "./seal-entries.ts";
import { signCheckpoint } from "./sign-checkpoint.ts";
import { writeEntries } from "./testing/write-entries.ts";

const start = new Date("2026-03-13T12:00:00Z");
const minutes = (count: number) => new Date(start.getTime() + count * 60_000);
const signer = checkpointSigner("ab".repeat(32));

let fresh: FreshDatabase;
let folder: string;
let desk: LogDesk;
let now: Date;
const told: string[] = [];
beforeEach(async () => {
  fresh = await freshDatabase();
  folder = mkdtempSync(join(tmpdir(), "gatehouse-checkpoints-"));
  now = start;
  told.length = 0;
  const error = (_: unknown, message?: string) => void told.push(message ?? "");
  desk = { db: fresh.db, signer, folder, clock: () => now, log: { info: () => undefined, error } };
  return async () => {
    rmSync(folder, { recursive: true });
    await fresh.drop();
  };
});

let written = 0;
const write = (count: number) => {
  written += 1;
  return writeEntries(fresh.db, count, minutes(60 * written));
};
const checkpoints = () => fresh.db.select().from(auditCheckpoints).orderBy(asc(auditCheckpoints.treeSize));
const causes = async () => (await checkpoints()).map(({ treeSize, cause }) => [treeSize, cause]);
const fileText = () => readFileSync(join(folder, "checkpoints.txt"), "utf8");
const sizesInFile = () =>
  findNotes(fileText()).map((note) => openCheckpoint(note, signer.verifierKey)?.size ?? null);
const copies = async () =>
  (await fresh.db.select().from(auditCheckpointCopies)).map(({ treeSize }) => treeSize).sort();
const subscribe = (events: NotificationEventName[]) =>
  fresh.db.insert(notificationTargets).values({
    id: newId(),
    kind: "webhook",
    name: newId(),
    address: "https://receiver.example",
    events,
    locale: "en",
    secretSealed: "sealed",
    createdAt: start,
  });
const events = () => fresh.db.select().from(notificationEvents).orderBy(asc(notificationEvents.id));

test("checkpoints are signed by time, by number, on demand and at the end, each with the true root, and kept in the file", async () => {
  await write(1);
  await keepLog(desk, null);
  await write(1);
  await keepLog(desk, null);
  now = minutes(5);
  await keepLog(desk, null);
  await write(2_100);
  await keepLog(desk, null);
  await keepLog(desk, "demand");
  await write(1);
  await keepLog(desk, "shutdown");
  await keepLog(desk, "shutdown");
  expect(await causes()).toEqual([
    [1, "schedule"],
    [2, "schedule"],
    [1_002, "count"],
    [2_002, "count"],
    [2_102, "demand"],
    [2_103, "shutdown"],
  ]);
  for (const { note, treeSize } of await checkpoints()) {
    const checkpoint = openCheckpoint(note, signer.verifierKey);
    if (checkpoint === null) throw new Error("The checkpoint does not open.");
    expect(checkpoint.size).toBe(treeSize);
    expect(sameHash(checkpoint.root, await getRoot(fresh.db, treeSize))).toBe(true);
  }
  expect(sizesInFile()).toEqual([1, 2, 1_002, 2_002, 2_102, 2_103]);
  expect(await copies()).toHaveLength(6);
});

test("a checkpoint goes out to a webhook that wants it, with the whole note, in the transaction that signs it", async () => {
  await subscribe(["audit.checkpoint_signed"]);
  await write(3);
  await keepLog(desk, null);
  const [signed] = await checkpoints();
  expect(await events()).toMatchObject([
    { type: "audit.checkpoint_signed", data: { treeSize: 3, note: signed?.note } },
  ]);
});

test("cut off after sealing, the next turn signs; cut off after signing, the next turn writes the file", async () => {
  await write(3);
  await sealEntries(fresh.db, now);
  expect(await checkpoints()).toEqual([]);
  await signCheckpoint(fresh.db, { signer, kept: null, cause: "schedule" }, now);
  expect(await copies()).toEqual([]);
  await keepLog(desk, null);
  expect(sizesInFile()).toEqual([3]);
  expect(await copies()).toEqual([3]);
});

test("cut off after the file was written, the same note is written again, which says nothing new", async () => {
  await write(3);
  await keepLog(desk, null);
  await fresh.sql.unsafe("alter table audit_checkpoint_copies disable trigger user");
  await fresh.sql`delete from audit_checkpoint_copies`;
  await keepCheckpoints(fresh.db, folder, now);
  expect(sizesInFile()).toEqual([3, 3]);
  expect(await copies()).toEqual([3]);
});

test("cut off in the middle of a line, the note is written whole after it", async () => {
  await write(3);
  await sealEntries(fresh.db, now);
  await signCheckpoint(fresh.db, { signer, kept: null, cause: "schedule" }, now);
  const [signed] = await checkpoints();
  writeFileSync(join(folder, "checkpoints.txt"), `\n${signed?.note.slice(0, 70)}`);
  await keepLog(desk, null);
  expect(sizesInFile()).toEqual([3]);
});

test("where the file cannot be read, entries get their place and nothing is signed", async () => {
  await write(3);
  writeFileSync(join(folder, "taken"), "");
  await expect(keepLog({ ...desk, folder: join(folder, "taken") }, null)).rejects.toThrow();
  expect(await getTreeSize(fresh.db)).toBe(3);
  expect(await causes()).toEqual([]);
});

async function rehashWithout(last: number) {
  await fresh.sql.unsafe(
    "alter table audit_leaves disable trigger user; alter table audit_checkpoints disable trigger user; alter table audit_checkpoint_copies disable trigger user",
  );
  await fresh.sql`delete from audit_checkpoint_copies`;
  await fresh.sql`delete from audit_checkpoints`;
  await fresh.sql`delete from audit_leaves where sequence >= ${last}`;
}

test("a log that lost its end and its checkpoints is not signed again, because the file knows better", async () => {
  await subscribe(["audit.history_changed"]);
  await write(10);
  await keepLog(desk, null);
  await rehashWithout(8);
  await keepLog(desk, "demand");
  await keepLog(desk, "demand");
  expect(await checkpoints()).toEqual([]);
  expect(told).toEqual([expect.stringMatching(/nothing is signed any more/)]);
  expect(await events()).toMatchObject([
    { type: "audit.history_changed", data: { keptSize: 10, treeSize: 8 } },
  ]);
});

test("a log whose past was rewritten is not signed again, also after it grew", async () => {
  await write(10);
  await keepLog(desk, null);
  await rehashWithout(9);
  await write(5);
  await keepLog(desk, "demand");
  expect(await checkpoints()).toEqual([]);
  expect(told).toHaveLength(1);
});

test("once what the file knows is put aside by hand, the log is signed from there on", async () => {
  await write(10);
  await keepLog(desk, null);
  await rehashWithout(8);
  await keepLog(desk, "demand");
  rmSync(join(folder, "checkpoints.txt"));
  await keepLog(desk, "demand");
  expect(await causes()).toEqual([[8, "demand"]]);
  expect(await fresh.sql`select * from notification_alarms`).toEqual([]);
});
