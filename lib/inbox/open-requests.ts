import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import type { Actor } from "#lib/audit/types.ts";
import { dueOf, receiptOn } from "#lib/deadlines/rules.ts";
import type { Regime } from "#lib/deadlines/types.ts";
import { openRequest } from "#lib/requests/open-request.ts";
import type { Channel, Right } from "#lib/requests/types.ts";
import type { OpenedRight } from "./types.ts";

export type Intake = {
  customId: string;
  rights: readonly Right[];
  regimes: Regime[];
  channel: Channel;
  /** A day in the installation's zone. */
  receivedOn: string;
};

type Result = { ok: true; opened: OpenedRight[] } | { ok: false; code: "received_in_future" };

/**
 * Opens one request for each right somebody asked to use, all of them or none. A right with an open request is answered
 * with that one. Refuses `received_in_future`. Audits `request.open` for each that is new.
 */
export function openRequests(
  db: DatabaseOrTransaction,
  { rights, receivedOn, ...intake }: Intake,
  { actor, ...world }: { actor: Actor; auditKey: Uint8Array; timeZone: string },
  at: Date,
): Promise<Result> {
  const receivedAt = receiptOn(receivedOn, at, world.timeZone);
  if (receivedAt === null) return Promise.resolve({ ok: false, code: "received_in_future" });
  return joinOrOpenTransaction(db, async (tx): Promise<Result> => {
    const opened: OpenedRight[] = [];
    for (const right of rights) {
      const done = await openRequest(
        tx,
        { ...intake, right, receivedAt },
        { actor, applicationId: null },
        world,
        at,
      );
      if (!done.ok && done.code === "received_in_future") return done;
      const { requestId: id, protocol } = done;
      if (!done.ok) opened.push({ right, id, protocol, isNew: false });
      else {
        const clock = { receivedAt, extendedAt: null, identityQuestions: [] };
        const due = dueOf(right, intake.regimes, clock, {
          closedAt: null,
          now: at,
          timeZone: world.timeZone,
        });
        opened.push({ right, id, protocol, isNew: true, due });
      }
    }
    return { ok: true, opened };
  });
}
