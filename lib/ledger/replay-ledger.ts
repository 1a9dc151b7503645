import type { DatabaseClient } from "#db/client.ts";
import { findStandingHold } from "#lib/holds/queries.ts";
import { findRequestLocked } from "#lib/requests/queries.ts";
import { eraseAgain, type Restorer } from "./erase-again.ts";
import { importFacts } from "./import-facts.ts";
import { countStandings, listStandings, readLedger } from "./queries.ts";
import { releaseEnrolled } from "./release-enrolled.ts";
import type { LedgerTrouble, Replay, Standing } from "./types.ts";

type World = {
  /** Of one connection, which stays the same: the ledger is laid beside the tables for it alone. */
  database: DatabaseClient;
  ledger: { folder: string; secret: string };
  onTrouble: (trouble: LedgerTrouble) => void;
};

/**
 * Puts a restored database right: everybody it names whom the ledger shows as erased is blocked at once and erased again,
 * and who enrolled anew since is left alone. One transaction for each person, so that it may be cut off and run again;
 * what is right already stays as it is. No worker may run meanwhile. Audits every step it takes.
 */
export async function replayLedger(
  { database, ledger, onTrouble }: World,
  by: Restorer,
  at: Date,
): Promise<Replay> {
  await importFacts(database.sql, readLedger(ledger.folder, ledger.secret, onTrouble));
  const replay: Replay = {
    ...{ reopened: 0, opened: 0, goes_on: 0, left_alone: 0, withdrawn: 0, held: [] },
    ...(await countStandings(database.sql)),
  };
  for await (const standings of listStandings(database.sql, ledger.secret)) {
    for (const standing of standings) await putRight(database, standing, replay, by, at);
  }
  return replay;
}

async function putRight(
  { db }: DatabaseClient,
  standing: Standing,
  replay: Replay,
  by: Restorer,
  at: Date,
): Promise<void> {
  const { customId } = standing;
  await db.transaction(async (tx) => {
    if (standing.enrolledAt !== null) {
      replay.withdrawn += await releaseEnrolled(tx, standing, by, at);
      replay.left_alone += 1;
      return;
    }
    const { done, requestId } = await eraseAgain(tx, standing, by, at);
    replay[done] += 1;
    if ((await findStandingHold(tx, customId)) === null) return;
    const request = await findRequestLocked(tx, requestId);
    if (request) replay.held.push(request.protocol);
  });
}
