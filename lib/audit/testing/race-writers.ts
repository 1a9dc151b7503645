import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { eq } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { applications } from "#db/schema/applications.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import { newIdAt } from "#lib/ids.ts";

const SYSTEM = { id: null, role: "system" } as const;

/** Changes an application of its own, with or without the entry that belongs to it. */
async function write(db: Database, isAudited: boolean): Promise<void> {
  const at = new Date();
  const id = newIdAt(at);
  await db.transaction(async (tx) => {
    await tx.insert(applications).values({ id, name: `App ${id}`, channels: [], createdAt: at });
    await tx
      .update(applications)
      .set({ channels: ["web"] })
      .where(eq(applications.id, id));
    if (!isAudited) return;
    const details = { name: `App ${id}`, channels: ["web"] };
    const entity = { type: "application", id } as const;
    await recordAudit(tx, { action: "application.create", actor: SYSTEM, at, entity, details });
  });
}

/** All at once, on as many connections as the pool has. Returns how many were committed in a second. */
export async function raceWriters(db: Database, count: number, isAudited: boolean): Promise<number> {
  const since = performance.now();
  await Promise.all(Array.from({ length: count }, () => write(db, isAudited)));
  return Math.round(count / ((performance.now() - since) / 1000));
}

export async function startSealer(databaseUrl: string): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL("./seal-for-ever.ts", import.meta.url)), [databaseUrl], {
    execArgv: ["--import", "tsx"],
  });
  await once(child, "message");
  return child;
}
