import { desc } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { auditCheckpoints } from "#db/schema/audit.ts";
import type { Clock } from "#lib/clock.ts";
import { clearAlarm, findAlarm, raiseAlarm } from "#lib/notifications/note-alarm.ts";
import { noteEvent } from "#lib/notifications/note-event.ts";
import type { NoteSigner } from "#lib/transparency/signed-note.ts";
import { findKeptCheckpoint, keepCheckpoints } from "./keep-checkpoints.ts";
import { dueCheckpoint } from "./rules.ts";
import { SEAL_AT_ONCE } from "./schema.ts";
import { sealEntries } from "./seal-entries.ts";
import { type SigningResult, signCheckpoint } from "./sign-checkpoint.ts";
import type { CheckpointCause } from "./types.ts";

export type LogDesk = {
  db: DatabaseOrTransaction;
  signer: NoteSigner;
  /** Where checkpoints are kept outside the database. */
  folder: string;
  clock: Clock;
  log: Record<"error" | "info", (facts: object, message: string) => void>;
};

const HISTORY = "audit:history";

/**
 * Seals everything that waits, signs the checkpoints that are due, and keeps them outside the database. Each step is
 * whole by itself: cut off between any two, the next call goes on where this one ended. With `wanted` what is sealed is
 * signed at the end in any case. Ends early where another process seals.
 */
export async function keepLog(desk: LogDesk, wanted: "demand" | "shutdown" | null): Promise<void> {
  const { db, folder, clock } = desk;
  for (;;) {
    const done = await sealEntries(db, clock());
    if (done === null) return;
    const isAll = done.sealed < SEAL_AT_ONCE;
    const cause = dueCheckpoint(
      { size: done.size, newest: await findNewest(db), wanted: isAll ? wanted : null },
      clock(),
    );
    if (cause !== null) await sign(desk, cause);
    if (isAll) break;
  }
  await keepCheckpoints(db, folder, clock());
}

async function findNewest(db: DatabaseOrTransaction) {
  const { treeSize, signedAt } = auditCheckpoints;
  const [newest] = await db
    .select({ treeSize, signedAt })
    .from(auditCheckpoints)
    .orderBy(desc(treeSize))
    .limit(1);
  return newest ?? null;
}

async function sign({ db, signer, folder, clock, log }: LogDesk, cause: CheckpointCause): Promise<void> {
  const kept = await findKeptCheckpoint(folder, signer.verifierKey);
  const result = await signCheckpoint(db, { signer, kept, cause }, clock());
  if (result.ok) {
    if (result.treeSize !== null)
      log.info({ treeSize: result.treeSize, cause }, "signed a checkpoint of the audit log");
    if ((await findAlarm(db, HISTORY)) !== null) await clearAlarm(db, HISTORY);
    return;
  }
  if (await tellHistoryChanged(db, result, clock())) {
    const { keptSize, treeSize } = result;
    log.error(
      { keptSize, treeSize },
      "the audit log is not what an earlier checkpoint signed; nothing is signed any more",
    );
  }
}

/** Tells it once, until it is mended. */
function tellHistoryChanged(
  db: DatabaseOrTransaction,
  { keptSize, treeSize }: Extract<SigningResult, { ok: false }>,
  at: Date,
): Promise<boolean> {
  return joinOrOpenTransaction(db, async (tx) => {
    if (!(await raiseAlarm(tx, HISTORY, at))) return false;
    await noteEvent(tx, { type: "audit.history_changed", data: { keptSize, treeSize } }, at);
    return true;
  });
}
