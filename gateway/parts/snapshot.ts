import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { mkdir, open, readFile, rename } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { policyValuesSchema } from "#lib/policies/schema.ts";

const snapshotSchema = z.object({
  keys: z.array(
    z.object({
      keyId: z.string(),
      hash: z.string(),
      applicationId: z.string(),
      channels: z.array(z.string()),
    }),
  ),
  policy: z.object({ version: z.number().int(), values: policyValuesSchema }),
});

/** What a gateway must know to start while the database is away. */
export type Snapshot = z.infer<typeof snapshotSchema>;

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** The snapshot in this file, or null when there is none or it was not written with this key. */
export async function readSnapshot(file: string, key: Buffer): Promise<Snapshot | null> {
  try {
    const bytes = await readFile(file);
    const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, IV_BYTES));
    decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    const text = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
    return snapshotSchema.parse(JSON.parse(text.toString("utf8")));
  } catch {
    return null;
  }
}

/** Writes the snapshot, encrypted; after a power cut there is the old one or the new one, never half of one. */
export async function writeSnapshot(file: string, key: Buffer, snapshot: Snapshot): Promise<void> {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, iv);
  const sealed = Buffer.concat([cipher.update(JSON.stringify(snapshot)), cipher.final()]);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const beside = `${file}.new`;
  const handle = await open(beside, "w", 0o600);
  try {
    await handle.writeFile(Buffer.concat([iv, cipher.getAuthTag(), sealed]));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(beside, file);
  const folder = await open(dirname(file), "r");
  await folder.sync().finally(() => folder.close());
}
