import type { TimeRange } from "#lib/time-steps.ts";
import type { Cursor } from "#lib/verifications/types.ts";

/** What is left of the limits beyond a place in the list, the moment of the place with it: others may share it. */
export const beyondTime = ({ from, to }: TimeRange, { at }: Pick<Cursor, "at">, falls: boolean): TimeRange =>
  falls
    ? { from, to: new Date(Math.min(to.getTime(), at.getTime() + 1)) }
    : { from: new Date(Math.max(from.getTime(), at.getTime())), to };

/** What is left of the time beyond the last of the stretches that were searched. */
export function restOf(
  { from, to }: TimeRange,
  stretches: readonly TimeRange[],
  falls: boolean,
): TimeRange | null {
  const last = stretches.at(-1);
  if (last === undefined) return null;
  return falls ? { from, to: last.from } : { from: last.to, to };
}

/** The stretches, sorted either way, with those that touch or overlap made one. */
export function joined(stretches: readonly TimeRange[]): TimeRange[] {
  const sorted = stretches.toSorted((a, b) => a.from.getTime() - b.from.getTime());
  const whole: TimeRange[] = [];
  for (const { from, to } of sorted) {
    const last = whole.at(-1);
    if (last === undefined || from > last.to) whole.push({ from, to });
    else if (to > last.to) last.to = to;
  }
  return whole;
}

/** What of the stretches lies within the time. */
export const clipped = (stretches: readonly TimeRange[], { from, to }: TimeRange): TimeRange[] =>
  stretches
    .map((stretch) => ({
      from: stretch.from > from ? stretch.from : from,
      to: stretch.to < to ? stretch.to : to,
    }))
    .filter((stretch) => stretch.from < stretch.to);
