import { createHash } from "node:crypto";
import type { DatabaseOrTransaction } from "#db/client.ts";
import type { Actor } from "#lib/audit/types.ts";
import type { Clock } from "#lib/clock.ts";
import { settleExport } from "./settle-export.ts";
import type { ExportKind } from "./types.ts";

/** A piece of what is sent, and how many entries it holds. */
export type Piece = { text: string; entries: number };

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
export async function* exportEntries(
  db: DatabaseOrTransaction,
  { id: exportId, what, actor, pieces, clock }: Export,
): AsyncGenerator<Uint8Array, void> {
  const digest = createHash("sha256");
  const sent = { entries: 0, bytes: 0 };
  let held: Uint8Array | null = null;
  let isWhole = false;
  try {
    for await (const { text, entries } of pieces) {
      if (held !== null) yield held;
      held = new TextEncoder().encode(text);
      digest.update(held);
      sent.entries += entries;
      sent.bytes += held.byteLength;
    }
    const ended = { stage: "finished", what, ...sent, sha256: digest.digest("hex") } as const;
    await settleExport(db, { exportId, ended }, actor, clock());
    isWhole = true;
    if (held !== null) yield held;
  } finally {
    if (!isWhole) {
      const ended = { stage: "broken", what, entries: sent.entries } as const;
      await settleExport(db, { exportId, ended }, actor, clock());
    }
  }
}
