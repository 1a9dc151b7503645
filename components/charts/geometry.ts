/** Width of the drawing in its own units. It is stretched to the width there is; heights are pixels. */
export const WIDTH = 1000;
export const HEIGHT = 168;
/** Two texts at the right edge need so many pixels between their middles. */
const LABEL_HEIGHT = 18;

/** The tidy number at which an axis from 0 ends so that `most` lies on it: 1, 1.2, 1.6, 2, 3, 4, 6 or 8 times a power of ten. */
export function axisEnd(most: number): number {
  if (!(most > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(most));
  const steps = [1, 1.2, 1.6, 2, 3, 4, 6, 8, 10];
  // Sums of decimals carry dust in their last digits; a value on the end must not start another step.
  const step = steps.find((candidate) => candidate * power >= most * (1 - 1e-9)) ?? 10;
  return Number((step * power).toPrecision(6));
}

/** Where the axis is ruled: 0, its end, and two or three places between. */
export function axisTicks(end: number): number[] {
  const digits = Number((end / 10 ** Math.floor(Math.log10(end))).toPrecision(3));
  const parts = [3, 6, 1.2].includes(digits) ? 3 : 4;
  return Array.from({ length: parts + 1 }, (_, part) => Number(((end * part) / parts).toPrecision(6)));
}

/** The middle of a step across the drawing. */
export const middleOf = (step: number, steps: number): number => ((step + 0.5) / steps) * WIDTH;

/** How far down from the top of the drawing a value lies. */
export const depthOf = (value: number, end: number): number => HEIGHT - (Math.min(value, end) / end) * HEIGHT;

/**
 * Runs of neighbouring steps that are drawn as one line: a step without a value ends a run, and so does a stage that
 * begins within it (`breaks`, in steps from the start).
 */
export function runsOf(known: readonly boolean[], breaks: readonly number[]): number[][] {
  const runs: number[][] = [];
  let open: number[] | null = null;
  for (const [step, isKnown] of known.entries()) {
    if (breaks.some((place) => Math.ceil(place) === step)) open = null;
    if (!isKnown) {
      open = null;
      continue;
    }
    if (open === null) {
      open = [];
      runs.push(open);
    }
    open.push(step);
  }
  return runs;
}

type Point = { x: number; y: number };

const round = (length: number): number => Math.round(length * 10) / 10;

/** A line through the points. One point alone is a dot: a line of no length with round ends. */
export const linePath = (points: readonly Point[]): string =>
  points.length === 1 && points[0]
    ? dotPath(points[0])
    : points.map(({ x, y }, place) => `${place === 0 ? "M" : "L"}${round(x)} ${round(y)}`).join("");

/** A dot that stays round however wide the drawing is stretched: the stroke does not scale. */
export const dotPath = ({ x, y }: Point): string => `M${round(x)} ${round(y)}h0`;

/** The area between two lines over the same places. */
export function bandPath(upper: readonly Point[], lower: readonly Point[]): string {
  return `${linePath(upper)}${[...lower]
    .reverse()
    .map(({ x, y }) => `L${round(x)} ${round(y)}`)
    .join("")}Z`;
}

/** The steps named on the axis: at most `most`, evenly apart, counted from the last one, which is now. */
export function namedSteps(steps: number, most: number): number[] {
  const every = Math.ceil(steps / most);
  const named: number[] = [];
  for (let step = steps - 1; step >= 0; step -= every) named.unshift(step);
  return named;
}

/** The step under a pointer at this share (0-1) of the width. */
export const stepAt = (share: number, steps: number): number =>
  Math.min(steps - 1, Math.max(0, Math.floor(share * steps)));

/** How wide a mark's name may be, as a share of the width: up to the next mark or the edge. */
export function roomAfter(place: number, places: readonly number[], steps: number): number {
  const next = Math.min(steps, ...places.filter((other) => other > place));
  return (next - place) / steps;
}

/** Moves texts at the right edge apart until none covers another, in their order, within the drawing. */
export function spread(depths: readonly number[]): number[] {
  const order = depths.map((depth, place) => ({ depth, place })).sort((a, b) => a.depth - b.depth);
  let least = LABEL_HEIGHT / 2;
  for (const label of order) {
    label.depth = Math.max(label.depth, least);
    least = label.depth + LABEL_HEIGHT;
  }
  let greatest = HEIGHT - LABEL_HEIGHT / 2;
  for (const label of order.toReversed()) {
    label.depth = Math.min(label.depth, greatest);
    greatest = label.depth - LABEL_HEIGHT;
  }
  return order.sort((a, b) => a.place - b.place).map(({ depth }) => depth);
}

/** The least part of its greatest value that a small line spans: below it, noise would look like news. */
const SPARK_SPAN = 0.05;

/** The points of a small line without axes: it shows which way a figure went, and the figure itself stands beside it. */
export function sparkPoints(values: readonly (number | null)[], width: number, height: number): Point[] {
  const inset = 3;
  const known = values.filter((value) => value !== null);
  const most = Math.max(0, ...known);
  const span = Math.max(most - Math.min(most, ...known), most * SPARK_SPAN) || 1;
  return values.flatMap((value, place) =>
    value === null
      ? []
      : [
          {
            x: inset + (place / Math.max(1, values.length - 1)) * (width - 2 * inset),
            y: inset + ((most - value) / span) * (height - 2 * inset),
          },
        ],
  );
}
