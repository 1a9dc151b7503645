import { toGrey } from "../images/grey.ts";
import type { Picture } from "../images/picture.ts";
import type { Minutia } from "./compare-fingers.ts";
import { boxMean, flatten, followRidges, measureFlow, type RidgeFlow, type Size } from "./ridges.ts";
import { countRises, neighbourOffsets, thinRidges } from "./thin-ridges.ts";

/** Every print is brought into this square, so that one picture in two sizes gives one set of minutiae. */
const workingSidePx = 400;
/** Ridges nearer or farther apart than this are no print at the working size. */
const plausiblePeriodPx = { min: 5, max: 13 };
/** Least share of the picture that must show ridges. */
const minRidgeShare = 0.2;
/** Least likeness (correlation) of the print and its filtered self. Sample prints reach 0.92, photographs 0.85. */
const minRidgeLikeness = 0.88;
const minMinutiae = 12;
/** More than this on one fingertip is noise taken for ridges. */
const maxMinutiae = 150;
/** Ends this near the edge of the print are where the print stops, not where a ridge does. */
const edgePx = 14;
/** Two minutiae nearer than this are one flaw of the picture. */
const crowdedPx = 6;

/**
 * Finds where ridges end and fork, or null for a picture that shows too few ridges to compare.
 *
 * The textbook way and no more: flatten, measure the flow, filter along it, binarise, thin, count neighbours. It is
 * no forensic matcher and knows nothing of partial, smeared or latent prints.
 */
export async function readFinger(picture: Picture): Promise<Minutia[] | null> {
  const grey = await toGrey(picture, { width: workingSidePx, height: workingSidePx, fit: "inside" });
  const { values, contrast } = flatten(grey);
  const flow = measureFlow(values, grey);
  const print = markPrint(flow, contrast, grey);
  const pixels = print.reduce((sum, inside) => sum + inside, 0);
  if (pixels < minRidgeShare * print.length) return null;
  const periodPx = measurePeriod(values, print, grey);
  if (periodPx < plausiblePeriodPx.min || periodPx > plausiblePeriodPx.max) return null;
  const ridges = followRidges(values, flow.direction, grey, periodPx, print);
  if (likeness(ridges, values, print) < minRidgeLikeness) return null;
  const lines = Uint8Array.from(ridges, (value, i) => (value < 0 && print[i] === 1 ? 1 : 0));
  thinRidges(lines, grey);
  const minutiae = findMinutiae(lines, print, flow, grey);
  return minutiae.length >= minMinutiae && minutiae.length <= maxMinutiae ? minutiae : null;
}

/** 1 where there is contrast and the neighbourhood agrees on a direction. */
function markPrint(flow: RidgeFlow, contrast: Float32Array, size: Size): Uint8Array {
  const good = flow.coherence.map((value, i) => (value > 0.45 && (contrast[i] ?? 0) > 12 ? 1 : 0));
  // Small holes (cores, deltas) are part of the print and small islands are not.
  return Uint8Array.from(boxMean(good, size, 12), (share) => (share > 0.6 ? 1 : 0));
}

/** Mean distance from ridge to ridge: for a wave, slope power over power is the square of its frequency. */
function measurePeriod(values: Float32Array, print: Uint8Array, { width, height }: Size): number {
  let power = 0;
  let slopePower = 0;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x;
      if (print[i] !== 1) continue;
      const dx = ((values[i + 1] ?? 0) - (values[i - 1] ?? 0)) / 2;
      const dy = ((values[i + width] ?? 0) - (values[i - width] ?? 0)) / 2;
      power += (values[i] ?? 0) ** 2;
      slopePower += dx * dx + dy * dy;
    }
  }
  return slopePower === 0 ? Number.POSITIVE_INFINITY : 2 * Math.PI * Math.sqrt(power / slopePower);
}

/** Correlation of two images about zero, within the print. */
function likeness(a: Float32Array, b: Float32Array, print: Uint8Array): number {
  let [product, powerA, powerB] = [0, 0, 0];
  for (let i = 0; i < print.length; i++) {
    if (print[i] !== 1) continue;
    product += (a[i] ?? 0) * (b[i] ?? 0);
    powerA += (a[i] ?? 0) ** 2;
    powerB += (b[i] ?? 0) ** 2;
  }
  return powerA * powerB === 0 ? 0 : product / Math.sqrt(powerA * powerB);
}

function findMinutiae(lines: Uint8Array, print: Uint8Array, flow: RidgeFlow, size: Size): Minutia[] {
  const { width, height } = size;
  const offsets = neighbourOffsets(width);
  const inner = boxMean(Float32Array.from(print), size, edgePx);
  const found: Minutia[] = [];
  for (let y = edgePx; y < height - edgePx; y++) {
    for (let x = edgePx; x < width - edgePx; x++) {
      const i = y * width + x;
      if (lines[i] !== 1 || (inner[i] ?? 0) < 0.999) continue;
      const leaving = countRises(lines, i, offsets);
      if (leaving === 1 || leaving === 3) found.push({ x, y, angle: round(flow.direction[i] ?? 0) });
    }
  }
  return found.filter((a) => !found.some((b) => a !== b && Math.hypot(a.x - b.x, a.y - b.y) < crowdedPx));
}

function round(angle: number): number {
  return Math.round(angle * 1000) / 1000;
}
