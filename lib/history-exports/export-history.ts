import type { DatabaseOrTransaction } from "#db/client.ts";
import type { Actor } from "#lib/audit/types.ts";
import type { Clock } from "#lib/clock.ts";
import { sendPieces } from "#lib/tables/send-pieces.ts";
import { composeFile } from "./compose-file.ts";
import { settleExport } from "./settle-export.ts";
import { touchProgress } from "./touch-export.ts";
import type { OpenExport } from "./types.ts";

/** How far it is, and whether it is still wanted, is asked at most this often. */
const TOUCH_EVERY_MS = 1_000;

/** It was cancelled, or whoever asked for it may no longer. */
export class ExportUnwanted extends Error {}

/**
 * The bytes of an export, with its progress noted on the way. The last of them are held back until its digest stands in
 * the log; one that breaks off, also because its reader left, says so there. Audits `history.export`; throws
 * ExportUnwanted, and what reading and auditing throw.
 */
export function exportHistory(
  db: DatabaseOrTransaction,
  wanted: OpenExport,
  actor: Actor,
  clock: Clock,
): AsyncGenerator<Uint8Array, void> {
  const exportId = wanted.id;
  let touchedMs = clock().getTime();
  return sendPieces(composeFile(db, wanted), {
    onPiece: async (sent) => {
      const now = clock();
      if (now.getTime() - touchedMs < TOUCH_EVERY_MS) return;
      touchedMs = now.getTime();
      if (!(await touchProgress(db, { exportId, ...sent }, now)))
        throw new ExportUnwanted(`The export ${exportId} is not wanted any more.`);
    },
    onWhole: async (sent) => {
      const isSettled = await settleExport(
        db,
        { exportId, ended: { stage: "finished", ...sent } },
        actor,
        clock(),
      );
      if (!isSettled) throw new ExportUnwanted(`The export ${exportId} had ended before it was whole.`);
    },
    onBroken: async ({ rows }) => {
      await settleExport(db, { exportId, ended: { stage: "broken", rows } }, actor, clock());
    },
  });
}
