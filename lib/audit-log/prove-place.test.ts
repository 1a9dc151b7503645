import { beforeEach, expect, test } from "vitest";
import { type FreshDatabase, freshDatabase } from "#db/testing/fresh-database.ts";
import { countCheckpoints, findWaiting, listCheckpoints } from "#lib/audit/queries.ts";
import { sealEntries } from "#lib/audit/seal-entries.ts";
import { signCheckpoint } from "#lib/audit/sign-checkpoint.ts";
import { writeEntries } from "#lib/audit/testing/write-entries.ts";
import { checkpointSigner } from "#lib/transparency/checkpoint.ts";
import { provePlace } from "./prove-place.ts";
import { listLogEntries } from "./queries.ts";
import { requestCheckpoint } from "./request-checkpoint.ts";
import { NO_FILTERS } from "./rules.ts";

const at = new Date("2026-03-13T12:00:00Z");
const now = new Date("2026-03-13T13:00:00Z");
const signer = checkpointSigner("cd".repeat(32));

let fresh: FreshDatabase;
beforeEach(async () => {
  fresh = await freshDatabase(4);
  return () => fresh.drop();
});

const sign = () => signCheckpoint(fresh.db, { signer, kept: null, cause: "schedule" }, now);

async function entryOf(sequence: number) {
  const query = { scope: { kind: "all" }, filters: NO_FILTERS, now, timeZone: "UTC" } as const;
  const place = { order: "oldest", cursor: null, unfold: "all" } as const;
  const { rows } = await listLogEntries(fresh.db, query, place);
  const entry = rows.map((row) => row.entry).find((one) => one?.sequence === sequence);
  if (!entry) throw new Error("The entry is missing.");
  return entry;
}

const prove = async (sequence: number, verifierKey = signer.verifierKey) =>
  provePlace(fresh.db, { entryId: (await entryOf(sequence)).id, sequence, verifierKey });

test("an entry is proven by the newest checkpoint, and told is the first that covered it", async () => {
  await writeEntries(fresh.db, 5, at);
  expect(await findWaiting(fresh.db)).toMatchObject({ count: 5 });
  await sealEntries(fresh.db, now);
  expect(await findWaiting(fresh.db)).toBeNull();
  expect(await prove(2)).toMatchObject({ signedIn: null, inclusion: null });
  await sign();
  await writeEntries(fresh.db, 3, new Date(at.getTime() + 60_000));
  await sealEntries(fresh.db, now);
  await sign();
  const place = await prove(2);
  expect(place).toMatchObject({ signedIn: { treeSize: 5 }, inclusion: { isProven: true, steps: 3 } });
  expect(place?.leaf).toMatch(/^[0-9a-f]{64}$/);
  expect(await prove(6)).toMatchObject({ signedIn: { treeSize: 8 }, inclusion: { isProven: true } });
  expect((await listCheckpoints(fresh.db, 9, 8)).map(({ treeSize }) => treeSize)).toEqual([5]);
  expect([await countCheckpoints(fresh.db), await countCheckpoints(fresh.db, 5)]).toEqual([2, 1]);
});

test("an entry that was changed, or a checkpoint of another key, is not called proven", async () => {
  await writeEntries(fresh.db, 5, at);
  await sealEntries(fresh.db, now);
  await sign();
  const other = checkpointSigner("ef".repeat(32)).verifierKey;
  expect(await prove(2, other)).toMatchObject({ inclusion: { isProven: false } });
  const { id } = await entryOf(2);
  await fresh.db.transaction(async (tx) => {
    await tx.execute("alter table audit_entries disable trigger user");
    await tx.execute(`update audit_entries set action = 'application.disable' where id = '${id}'`);
    await tx.execute("alter table audit_entries enable trigger user");
  });
  expect(await prove(2)).toMatchObject({ inclusion: { isProven: false } });
  expect(await prove(3)).toMatchObject({ inclusion: { isProven: true } });
});

test("a checkpoint that is asked for is in the log itself", async () => {
  await requestCheckpoint(fresh.db, { id: null, role: "system" }, at);
  await sealEntries(fresh.db, now);
  expect(await entryOf(0)).toMatchObject({ action: "audit.sign" });
});
