import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { openRuled } from "#lib/request-batches/open-ruled.ts";
import { MOST_ROWS } from "#lib/request-batches/types.ts";
import { liftSuspension } from "./lift-suspension.ts";
import { findLastList, findOpenSettlementLocked, listNextEnrolled, type SettlementRow } from "./queries.ts";
import { isDecided } from "./rules.ts";
import { suspendPeople } from "./suspend-people.ts";
import { touchSettlement } from "./touch-settlement.ts";
import type { SettlementDesk } from "./types.ts";

const PEOPLE_AT_ONCE = 200;
const SYSTEM = { id: null, role: "system" } as const;

/**
 * Does the next step of a choice about templates, in one transaction with how far it is: cut off anywhere, nobody is
 * passed over and nobody is counted twice. Of deletions one list is made, and the next one only once somebody approved it;
 * where a list is withdrawn it ends there. Says whether there is more to do at once. Audits `person.block`,
 * `person.unblock` or `request_batch.open`.
 */
export function resumeSettlement(desk: SettlementDesk, settlementId: string): Promise<boolean> {
  return joinOrOpenTransaction(desk.db, async (tx) => {
    const settlement = await findOpenSettlementLocked(tx, settlementId);
    if (settlement === null) return false;
    return settlement.choice === "erase" ? listSome(tx, desk, settlement) : blockSome(tx, desk, settlement);
  });
}

async function blockSome(
  tx: DatabaseOrTransaction,
  { auditKey, clock }: SettlementDesk,
  settlement: SettlementRow,
): Promise<boolean> {
  const at = clock();
  const { rolloutId, choice, reason } = settlement;
  const found = await listNextEnrolled(tx, settlement, { limit: PEOPLE_AT_ONCE });
  const by = { actor: SYSTEM, auditKey };
  const settled =
    choice === "suspend"
      ? await suspendPeople(tx, { rolloutId, found }, by, at)
      : await liftSuspension(tx, { rolloutId, found, reason }, by, at);
  return touchSettlement(tx, settlement, { found, settled, isDone: found.length < PEOPLE_AT_ONCE }, at);
}

async function listSome(
  tx: DatabaseOrTransaction,
  { timeZone, clock }: SettlementDesk,
  settlement: SettlementRow,
): Promise<boolean> {
  const at = clock();
  const last = await findLastList(tx, settlement.id);
  if (last?.state === "withdrawn")
    return touchSettlement(tx, settlement, { found: [], settled: 0, isDone: true }, at);
  if (last !== null && !isDecided(last.state)) return false;
  const found = await listNextEnrolled(tx, settlement, { limit: MOST_ROWS, mayErase: true });
  const isDone = found.length < MOST_ROWS;
  if (found.length > 0) {
    const { id: settlementId, chosenBy: assessedBy, reason: assessment } = settlement;
    const list = { channel: "roll_back", settlementId, assessedBy, assessment } as const;
    await openRuled(tx, { ...list, found, about: { settlementId } }, timeZone, at);
  }
  return touchSettlement(tx, settlement, { found, settled: found.length, isDone }, at);
}
