import { once } from "node:events";
import { asc, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditLeaves } from "#db/schema/audit.ts";
import { type FreshDatabase, freshDatabase } from "#db/testing/fresh-database.ts";
import { openLogWorld } from "./testing/log-world.ts";
import { raceWriters, startSealer } from "./testing/race-writers.ts";
import { verifyLog } from "./verify-log.ts";

const WRITES = 1_000;
const KILLS = 3;

let fresh: FreshDatabase;
const world = openLogWorld();
beforeAll(async () => {
  fresh = await freshDatabase(20);
});
afterAll(async () => {
  world.close();
  await fresh.drop();
});

const sealed = async () => {
  const [row] = await fresh.db.select({ count: sql<number>`count(*)::integer` }).from(auditLeaves);
  return row?.count ?? 0;
};

test("a thousand writers at once, and sealers killed in the middle: no gap, no loss, a whole tree", {
  timeout: 120_000,
}, async () => {
  const plain = await raceWriters(fresh.db, WRITES, false);
  let sealer = await startSealer(fresh.partsUrl);
  const writing = raceWriters(fresh.db, WRITES, true);
  for (let kill = 1; kill <= KILLS; kill++) {
    // Each is killed at another point of its work, wherever that is.
    await expect
      .poll(sealed, { timeout: 30_000, interval: 5 })
      .toBeGreaterThan(((kill - 1) * WRITES) / (KILLS + 1));
    sealer.kill("SIGKILL");
    await once(sealer, "exit");
    sealer = await startSealer(fresh.partsUrl);
  }
  const audited = await writing;
  await expect.poll(sealed, { timeout: 30_000 }).toBe(WRITES);
  sealer.kill("SIGKILL");
  await once(sealer, "exit");
  const leaves = await fresh.db.select().from(auditLeaves).orderBy(asc(auditLeaves.sequence));
  expect(leaves.map(({ sequence }) => sequence)).toEqual(Array.from({ length: WRITES }, (_, i) => i));
  expect(new Set(leaves.map(({ entryId }) => entryId)).size).toBe(WRITES);
  await world.keep(fresh.db);
  const findings = await verifyLog(fresh.db, {
    treeSize: WRITES,
    verifierKey: world.signer.verifierKey,
    keptNotes: [world.keptText()],
    onProgress: async () => undefined,
    signal: new AbortController().signal,
  });
  expect(findings).toEqual([]);
  process.stdout.write(
    `  ${WRITES} writes at once on 20 connections, ${KILLS} sealers killed: ${audited} writes/s audited, ${plain} writes/s without audit\n`,
  );
});
