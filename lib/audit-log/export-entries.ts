import type { DatabaseOrTransaction } from "#db/client.ts";
import type { Actor } from "#lib/audit/types.ts";
import type { Clock } from "#lib/clock.ts";
import { type Piece, sendPieces } from "#lib/tables/send-pieces.ts";
import { settleExport } from "./settle-export.ts";
import type { ExportKind } from "./types.ts";

type Export = {
  id: string;
  what: ExportKind;
  actor: Actor;
  pieces: AsyncIterable<Piece>;
  clock: Clock;
};

/**
 * The bytes of an export. The last of them are held back until its digest and counts stand in the log: an export of
 * which the log does not tell is never whole. One that breaks off, also because its reader left, says so there. Audits
 * `audit.export`; throws what reading or auditing throws.
 */
export const exportEntries = (
  db: DatabaseOrTransaction,
  { id: exportId, what, actor, pieces, clock }: Export,
): AsyncGenerator<Uint8Array, void> =>
  sendPieces(pieces, {
    onWhole: ({ rows: entries, ...sent }) =>
      settleExport(db, { exportId, ended: { stage: "finished", what, entries, ...sent } }, actor, clock()),
    onBroken: ({ rows: entries }) =>
      settleExport(db, { exportId, ended: { stage: "broken", what, entries } }, actor, clock()),
  });
