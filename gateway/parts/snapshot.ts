import { mkdir, open, readFile, rename } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { policyValuesSchema } from "#lib/policies/schema.ts";
import { openLine, sealLine } from "#lib/recording/seal.ts";
import { retentionValuesSchema } from "#lib/retention/schema.ts";

const snapshotSchema = z.object({
  keys: z.array(
    z.object({
      keyId: z.string(),
      hash: z.string(),
      applicationId: z.string(),
      channels: z.array(z.string()),
      // Absent from snapshots of an earlier version.
      endsAt: z.coerce.date().nullable().default(null),
    }),
  ),
  policy: z.object({ version: z.number().int(), values: policyValuesSchema }),
  /** A snapshot of an earlier version has none. */
  retention: retentionValuesSchema.prefault({}),
  /** The circuit's switch, so that a hold outlives a start without the database. Absent from an earlier version too. */
  circuit: z
    .object({ version: z.number().int(), heldUntil: z.coerce.date().nullable() })
    .nullable()
    .default(null),
});

/** What a gateway must know to start while the database is away. */
export type Snapshot = z.infer<typeof snapshotSchema>;

/** The snapshot in this file, or null when there is none or it was not written with this key. */
export async function readSnapshot(file: string, key: Buffer): Promise<Snapshot | null> {
  try {
    const text = openLine(key, (await readFile(file, "utf8")).trimEnd());
    return text === null ? null : snapshotSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Writes the snapshot, encrypted; after a power cut there is the old one or the new one, never half of one. */
export async function writeSnapshot(file: string, key: Buffer, snapshot: Snapshot): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const beside = `${file}.new`;
  const handle = await open(beside, "w", 0o600);
  try {
    await handle.writeFile(sealLine(key, JSON.stringify(snapshot)));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(beside, file);
  const folder = await open(dirname(file), "r");
  await folder.sync().finally(() => folder.close());
}
