import type { Part } from "#lib/incidents/schema.ts";
import type { TimeRange } from "#lib/time-steps.ts";
import type { IncidentMoment, SwitchUse, TellingCount, WholeIncident } from "./types.ts";

const MINUTE_MS = 60_000;

/**
 * The time whose calls are those of the incident, in whole minutes, as calls are counted. It takes up to a minute until a
 * trouble is seen: the calls that failed first lie before its opening.
 */
export function windowOf(
  { openedAt, closedAt }: Pick<WholeIncident, "openedAt" | "closedAt">,
  now: Date,
): TimeRange {
  const from = Math.floor(openedAt.getTime() / MINUTE_MS) - 1;
  const to = Math.ceil((closedAt ?? now).getTime() / MINUTE_MS);
  return { from: new Date(from * MINUTE_MS), to: new Date(to * MINUTE_MS) };
}

type Course = {
  incident: Pick<WholeIncident, "openedAt" | "seenAt" | "closedAt">;
  tellings: readonly TellingCount[];
  uses: readonly SwitchUse[];
  others: readonly { id: string; part: Part; openedAt: Date }[];
};

/** The course of an incident: how it began and ended, who was told, what was done about it, and what else was in trouble. */
export function courseOf({ incident, tellings, uses, others }: Course): IncidentMoment[] {
  const { openedAt, seenAt, closedAt } = incident;
  const moments: IncidentMoment[] = [
    { kind: "opened", at: openedAt },
    ...tellings.map((telling) => ({ kind: "told", at: telling.at, telling }) as const),
    ...uses.map(
      (use) => ({ kind: use.heldUntil === null ? "given_back" : "held", at: use.at, use }) as const,
    ),
    ...others.map(({ id, part, openedAt: at }) => ({ kind: "also", at, part, incidentId: id }) as const),
    ...(seenAt > openedAt ? [{ kind: "last_seen", at: seenAt } as const] : []),
    ...(closedAt === null ? [] : [{ kind: "closed", at: closedAt } as const]),
  ];
  // The sort is stable: of the same moment, the order above is the one in which it is read.
  return moments.toSorted((a, b) => a.at.getTime() - b.at.getTime());
}
