import { eq } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { incidents } from "#db/schema/service-health.ts";
import { newIdAt } from "#lib/ids.ts";
import { noteEvent } from "#lib/notifications/note-event.ts";
import { countImpact, listGrowingIncidents } from "./queries.ts";
import { isCountDue } from "./rules.ts";
import type { Part } from "./schema.ts";
import type { Impact, IncidentStep, OpenIncident, Trouble } from "./types.ts";

/** Carries out what a round does to a part's incident, and tells its opening and its end with it. */
export async function touchIncident(
  tx: DatabaseOrTransaction,
  open: OpenIncident | null,
  step: IncidentStep,
  at: Date,
): Promise<void> {
  if (step.kind === "open") return openIncident(tx, step.trouble, at);
  if (open === null || step.kind === "none") return;
  const own = eq(incidents.id, open.id);
  switch (step.kind) {
    case "go_on": {
      const { causes, evidence, operations } = step;
      await tx
        .update(incidents)
        .set({ causes, evidence, operations, seenAt: at, wellSince: null })
        .where(own);
      return;
    }
    case "rest":
      await tx.update(incidents).set({ wellSince: step.since }).where(own);
      return;
    case "close": {
      const cost = await countImpact(tx, open.part, { from: open.openedAt, to: step.at });
      await tx
        .update(incidents)
        .set({ closedAt: step.at, loginsFellBack: cost.logins, people: cost.people })
        .where(own);
      await tellEnd(tx, open, step.at, cost, at);
    }
  }
}

async function openIncident(tx: DatabaseOrTransaction, trouble: Trouble, at: Date): Promise<void> {
  const { part, cause, evidence, operations } = trouble;
  const id = newIdAt(at);
  await tx.insert(incidents).values({
    id,
    part,
    openedAt: at,
    seenAt: at,
    causes: [cause],
    evidence: [evidence],
    operations: [...new Set(operations)],
  });
  const data = { incidentId: id, part, causes: [cause], operations, since: at.toISOString() };
  await noteEvent(tx, { type: "incident.opened", data }, at);
}

async function tellEnd(
  tx: DatabaseOrTransaction,
  { id, part, causes, operations, openedAt }: OpenIncident,
  closedAt: Date,
  cost: Impact,
  at: Date,
): Promise<void> {
  const data = {
    incidentId: id,
    part,
    causes,
    operations,
    since: openedAt.toISOString(),
    until: closedAt.toISOString(),
    ...cost,
  };
  await noteEvent(tx, { type: "incident.closed", data }, at);
}

/** Keeps a time without any worker as an incident that is over; nobody was there to tell of it. */
export async function touchSilence(tx: DatabaseOrTransaction, from: Date, to: Date): Promise<void> {
  await tx.insert(incidents).values({
    id: newIdAt(from),
    part: "worker" satisfies Part,
    openedAt: from,
    seenAt: to,
    wellSince: to,
    closedAt: to,
    causes: ["silent"],
    evidence: ["probes"],
    operations: [],
  });
}

/** How long after an incident its cost is still counted: logins that failed in it end by then. */
const GROWS_FOR_MS = 15 * 60_000;

/** Counts anew what the incidents cost that are open, or not over for long; `last` is the round before. */
export async function touchImpacts(tx: DatabaseOrTransaction, at: Date, last: Date | null): Promise<void> {
  const growing = await listGrowingIncidents(tx, new Date(at.getTime() - GROWS_FOR_MS));
  for (const { id, part, openedAt, closedAt } of growing) {
    if (!isCountDue(openedAt, at, last)) continue;
    const { logins, people } = await countImpact(tx, part, { from: openedAt, to: closedAt ?? at });
    await tx.update(incidents).set({ loginsFellBack: logins, people }).where(eq(incidents.id, id));
  }
}
