import { asc, eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { auditEntries, auditLeaves, auditNodes, auditUnsealed } from "#db/schema/audit.ts";
import { type FreshDatabase, freshDatabase } from "#db/testing/fresh-database.ts";
import { newIdAt } from "#lib/ids.ts";
import { type Hash, rootOf } from "#lib/transparency/merkle.ts";
import { isContinued, isIncluded } from "#lib/transparency/proofs.ts";
import { composeEntry, leafOf } from "./compose-entry.ts";
import { getRoot, getTreeSize, proveContinuation, proveInclusion, TreeIncomplete } from "./prove-entries.ts";
import { recordAudit } from "./record-audit.ts";
import { SEAL_AT_ONCE } from "./schema.ts";
import { sealEntries } from "./seal-entries.ts";
import { writeEntries } from "./testing/write-entries.ts";

const at = new Date("2026-03-13T12:00:00Z");
const now = new Date("2026-03-13T13:00:00Z");

let fresh: FreshDatabase;
beforeEach(async () => {
  fresh = await freshDatabase(12);
  return () => fresh.drop();
});

async function sealAll() {
  for (;;) {
    const done = await sealEntries(fresh.db, now);
    if (done === null || done.sealed === 0) return done;
  }
}
const leavesOf = () => fresh.db.select().from(auditLeaves).orderBy(asc(auditLeaves.sequence));

test("every entry gets its place once, without gaps from 0, and the queue is empty", async () => {
  await writeEntries(fresh.db, 700, at);
  expect(await sealEntries(fresh.db, now)).toEqual({ sealed: SEAL_AT_ONCE, size: SEAL_AT_ONCE });
  expect(await sealAll()).toEqual({ sealed: 0, size: 700 });
  const leaves = await leavesOf();
  expect(leaves.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 700 }, (_, i) => i));
  expect(new Set(leaves.map(({ entryId }) => entryId)).size).toBe(700);
  expect(await fresh.db.select().from(auditUnsealed)).toEqual([]);
  for (const { sequence, entryId, leaf } of leaves.slice(0, 5)) {
    const [entry] = await fresh.db.select().from(auditEntries).where(eq(auditEntries.id, entryId));
    if (!entry) throw new Error("The entry is missing.");
    expect(Buffer.from(leaf)).toEqual(Buffer.from(leafOf(composeEntry(entry, sequence))));
  }
});

test("stored nodes are the roots over their runs, whatever sizes the log grew by, and roots and proofs come from them", async () => {
  for (const [i, count] of [1, 254, 1, 300, 256, 1].entries()) {
    await writeEntries(fresh.db, count, new Date(at.getTime() + i * 3_600_000));
    await sealAll();
  }
  const leaves = (await leavesOf()).map(({ leaf }): Hash => leaf);
  expect(leaves).toHaveLength(813);
  const nodes = await fresh.db.select().from(auditNodes).orderBy(asc(auditNodes.index));
  expect(nodes.map(({ level, index }) => [level, index])).toEqual([0, 1, 2].map((index) => [1, index]));
  for (const size of [1, 255, 256, 257, 512, 800, 813]) {
    const root = await getRoot(fresh.db, size);
    expect(Buffer.from(root)).toEqual(Buffer.from(rootOf(leaves.slice(0, size))));
    for (const index of [0, 254, 255, 256, 600].filter((index) => index < size)) {
      const proof = await proveInclusion(fresh.db, index, size);
      expect(isIncluded({ leaf: leaves[index] as Hash, index, size, proof, root })).toBe(true);
    }
    const proof = await proveContinuation(fresh.db, size, 813);
    const later = { size: 813, root: await getRoot(fresh.db, 813) };
    expect(isContinued({ earlier: { size, root }, later, proof })).toBe(true);
  }
});

test("a root over more entries than there are is refused, not made up", async () => {
  await writeEntries(fresh.db, 3, at);
  await sealAll();
  await expect(getRoot(fresh.db, 4)).rejects.toThrow(TreeIncomplete);
});

test("an entry that is rolled back leaves no gap, and one that commits late comes later", async () => {
  const act = (minute: number) =>
    ({
      action: "application.enable",
      actor: { id: null, role: "system" },
      at: new Date(at.getTime() + minute * 60_000),
      entity: { type: "application", id: String(minute) },
      details: { name: "App" },
    }) as const;
  await fresh.db.transaction(async (late) => {
    await recordAudit(late, act(1));
    await recordAudit(fresh.db, act(2));
    await expect(
      fresh.db.transaction(async (tx) => {
        await recordAudit(tx, act(3));
        throw new Error("changed my mind");
      }),
    ).rejects.toThrow("changed my mind");
    expect(await sealEntries(fresh.db, now)).toEqual({ sealed: 1, size: 1 });
  });
  expect(await sealEntries(fresh.db, now)).toEqual({ sealed: 1, size: 2 });
  const rows = await fresh.db
    .select({ id: auditEntries.entityId })
    .from(auditLeaves)
    .innerJoin(auditEntries, eq(auditEntries.id, auditLeaves.entryId))
    .orderBy(asc(auditLeaves.sequence));
  expect(rows.map(({ id }) => id)).toEqual(["2", "1"]);
});

test("of many sealers at once one seals and the others leave", async () => {
  await writeEntries(fresh.db, 200, at);
  const done = await Promise.all(Array.from({ length: 10 }, () => sealEntries(fresh.db, now)));
  expect(done.reduce((sum, one) => sum + (one?.sealed ?? 0), 0)).toBe(200);
  expect(await getTreeSize(fresh.db)).toBe(200);
});

test("an entry put into the queue again keeps its one place", async () => {
  await writeEntries(fresh.db, 2, at);
  await sealAll();
  const [first] = await leavesOf();
  await fresh.db.insert(auditUnsealed).values({ entryId: first?.entryId ?? "", at });
  expect(await sealEntries(fresh.db, now)).toEqual({ sealed: 0, size: 2 });
  expect(await fresh.db.select().from(auditUnsealed)).toEqual([]);
});

test("a queued entry that is gone stays in the queue, where it is seen, and holds up no other", async () => {
  await fresh.db.insert(auditUnsealed).values({ entryId: newIdAt(new Date(0)), at });
  await writeEntries(fresh.db, 2, at);
  expect(await sealAll()).toEqual({ sealed: 0, size: 2 });
  expect(await fresh.db.select().from(auditUnsealed)).toHaveLength(1);
});
