import { execFile } from "node:child_process";
import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { asc, eq, gte } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditEntries, auditLeaves, auditNodes } from "#db/schema/audit.ts";
import { composeEntry, leafOf } from "#lib/audit/compose-entry.ts";
import { exportLog } from "#lib/audit/export-log.ts";
import { keepLog } from "#lib/audit/keep-log.ts";
import { checkpointSigner } from "#lib/transparency/checkpoint.ts";
import { rootOf } from "#lib/transparency/merkle.ts";

const RUN = 256;
const AT = new Date("2026-03-13T12:00:00Z");

export type Verdict = { exitCode: number; text: string };

/** A log with a key of its own, the file its checkpoints are kept in, and the stand-alone verifier to try it with. */
export function openLogWorld() {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-log-"));
  const signer = checkpointSigner("ab".repeat(32));
  const publicKey = join(folder, "audit-public-key.txt");
  writeFileSync(publicKey, `${signer.verifierKey}\n`);
  const log = { info: () => undefined, error: () => undefined };
  let exports = 0;
  return {
    folder,
    signer,
    keptFile: join(folder, "checkpoints.txt"),
    keptText: () => readFileSync(join(folder, "checkpoints.txt"), "utf8"),
    /** Seals what waits and signs it. */
    keep: (db: DatabaseOrTransaction) => keepLog({ db, signer, folder, clock: () => AT, log }, "demand"),
    async export(db: DatabaseOrTransaction): Promise<string> {
      exports += 1;
      const path = join(folder, `export-${exports}.jsonl`);
      await pipeline(Readable.from(exportLog(db, AT)), createWriteStream(path));
      return path;
    },
    /** Runs the verifier as an auditor would, in a process of its own. */
    verify: (path: string, ...more: string[]): Promise<Verdict> =>
      new Promise((resolve) => {
        const script = join(process.cwd(), "scripts", "verify-audit.mjs");
        const options = { cwd: folder, env: {} as NodeJS.ProcessEnv, maxBuffer: 10_000_000 };
        execFile(
          process.execPath,
          [script, path, "--public-key", publicKey, ...more],
          options,
          (error, out) => {
            resolve({ exitCode: error === null ? 0 : Number(error.code), text: out });
          },
        );
      }),
    close: () => rmSync(folder, { recursive: true }),
  };
}

/** What the owner of the tables can do: make every entry from here on, and the tree over them, fit what the tables hold. */
export async function hashAnew(db: DatabaseOrTransaction, from: number): Promise<void> {
  const rows = await db
    .select()
    .from(auditLeaves)
    .innerJoin(auditEntries, eq(auditEntries.id, auditLeaves.entryId))
    .where(gte(auditLeaves.sequence, from));
  for (const { audit_entries: entry, audit_leaves: place } of rows) {
    const leaf = leafOf(composeEntry(entry, place.sequence));
    await db.update(auditLeaves).set({ leaf }).where(eq(auditLeaves.sequence, place.sequence));
  }
  const leaves = await db.select().from(auditLeaves).orderBy(asc(auditLeaves.sequence));
  await db.delete(auditNodes);
  for (let index = 0; (index + 1) * RUN <= leaves.length; index++) {
    const hash = rootOf(leaves.slice(index * RUN, (index + 1) * RUN).map(({ leaf }) => leaf));
    await db.insert(auditNodes).values({ level: 1, index, hash });
  }
}
