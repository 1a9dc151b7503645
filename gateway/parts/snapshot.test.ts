import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DEFAULT_POLICY_VALUES } from "#lib/policies/schema.ts";
import { DEFAULT_RETENTION_VALUES } from "#lib/retention/schema.ts";
import { readSnapshot, type Snapshot, writeSnapshot } from "./snapshot.ts";

const key = Buffer.alloc(32, 7);
const snapshot: Snapshot = {
  keys: [
    {
      keyId: "k",
      hash: "ab".repeat(32),
      applicationId: "a",
      channels: ["web"],
      endsAt: new Date("2026-03-20T12:00:00Z"),
    },
  ],
  policy: { version: 3, values: DEFAULT_POLICY_VALUES },
  retention: { ...DEFAULT_RETENTION_VALUES, historyDays: 90 },
  circuit: { version: 4, heldUntil: new Date("2026-03-20T12:15:00Z") },
};
let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "gatehouse-snapshot-"));
  file = join(folder, "inside", "snapshot");
});
afterEach(() => rm(folder, { recursive: true }));

test("what was written is read back, and can be overwritten", async () => {
  await writeSnapshot(file, key, { ...snapshot, keys: [] });
  await writeSnapshot(file, key, snapshot);
  expect(await readSnapshot(file, key)).toEqual(snapshot);
});

test("nothing of it can be read in the file, by owner or others", async () => {
  await writeSnapshot(file, key, snapshot);
  expect((await readFile(file)).includes("web")).toBe(false);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test("a missing, foreign or damaged file is as good as none", async () => {
  expect(await readSnapshot(file, key)).toBeNull();
  await writeSnapshot(file, key, snapshot);
  expect(await readSnapshot(file, Buffer.alloc(32, 8))).toBeNull();
  const bytes = await readFile(file);
  const middle = bytes.length >> 1;
  bytes[middle] = bytes[middle] === 0x41 ? 0x42 : 0x41;
  await writeFile(file, bytes);
  expect(await readSnapshot(file, key)).toBeNull();
  await writeFile(file, "x");
  expect(await readSnapshot(file, key)).toBeNull();
});

test("a snapshot from before the retention could be chosen, and the circuit held, is read with the usual ones", async () => {
  const { retention: _, circuit: __, ...older } = snapshot;
  await writeSnapshot(file, key, older as Snapshot);
  expect(await readSnapshot(file, key)).toEqual({
    ...older,
    retention: DEFAULT_RETENTION_VALUES,
    circuit: null,
  });
});
