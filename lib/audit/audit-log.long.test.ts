import { statSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type FreshDatabase, freshDatabase } from "#db/testing/fresh-database.ts";
import { findNotes } from "#lib/transparency/checkpoint.ts";
import { getRoot, proveInclusion } from "./prove-entries.ts";
import { openLogWorld } from "./testing/log-world.ts";
import { raceWriters, startSealer } from "./testing/race-writers.ts";
import { writeEntries } from "./testing/write-entries.ts";
import { verifyLog } from "./verify-log.ts";

const ENTRIES = 100_000;

let fresh: FreshDatabase;
const world = openLogWorld();
beforeAll(async () => {
  fresh = await freshDatabase(20);
});
afterAll(async () => {
  world.close();
  await fresh.drop();
});

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const since = performance.now();
  const done = await work();
  process.stdout.write(`  ${what}: ${((performance.now() - since) / 1000).toFixed(1)} s\n`);
  return done;
}

test("a hundred thousand entries are sealed, exported and verified in seconds", async () => {
  for (let i = 0; i < ENTRIES / 20_000; i++)
    await writeEntries(fresh.db, 20_000, new Date(Date.UTC(2026, 2, 13 + i)));
  await timed("100,000 entries sealed and signed", () => world.keep(fresh.db));
  const findings = await timed("verified in the database, as the worker does", () =>
    verifyLog(fresh.db, {
      treeSize: ENTRIES,
      verifierKey: world.signer.verifierKey,
      keptNotes: findNotes(world.keptText()),
      onProgress: async () => undefined,
      signal: new AbortController().signal,
    }),
  );
  expect(findings).toEqual([]);
  await timed("a root and a proof read from stored nodes", async () => {
    await getRoot(fresh.db, ENTRIES - 1);
    await proveInclusion(fresh.db, 77_777, ENTRIES);
  });
  const path = await timed("exported", () => world.export(fresh.db));
  const verdict = await timed(
    `verified by the stand-alone command (${Math.round(statSync(path).size / 1e6)} MB)`,
    () => world.verify(path, "--checkpoint", world.keptFile),
  );
  process.stdout.write(`  ${verdict.text.split("\n")[0]}\n`);
  expect(verdict).toMatchObject({
    exitCode: 0,
    text: expect.stringContaining("100,000 of 100,000 entries verified."),
  });
});

test("writers are as fast beside a sealer as an entry costs, and no slower", async () => {
  const plain = await raceWriters(fresh.db, 5_000, false);
  const sealer = await startSealer(fresh.partsUrl);
  const audited = await raceWriters(fresh.db, 5_000, true);
  sealer.kill("SIGKILL");
  process.stdout.write(
    `  5,000 writes at once on 20 connections: ${audited} writes/s audited, ${plain} writes/s without audit\n`,
  );
  expect(audited).toBeGreaterThan(0);
});
