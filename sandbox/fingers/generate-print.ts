import sharp from "sharp";
import { followRidges, wrapHalfTurn } from "./ridges.ts";

const width = 300;
const height = 400;
const periodPx = 9;

/**
 * Draws a plausible fingerprint as a PNG of 300 x 400 pixels; the same seed always gives the same print.
 *
 * Ridges grow out of noise along an arch, a loop or a whorl, so that their ends and forks fall where the seed's noise
 * put them. It is sample data: nobody's finger.
 */
export async function generatePrint(seed: number): Promise<Buffer> {
  const random = randomNumbers(seed);
  const direction = drawFlow(random);
  let ridges: Float32Array = new Float32Array(width * height).map(() => random() - 0.5);
  for (let round = 0; round < 5; round++) {
    ridges = followRidges(ridges, direction, { width, height }, periodPx).map((value) =>
      Math.tanh(4 * value),
    );
  }
  const pixels = Buffer.alloc(width * height);
  for (let i = 0; i < pixels.length; i++) {
    const ink = inkAt(i % width, Math.floor(i / width));
    const shade = 140 + 90 * (ridges[i] ?? 0) + 14 * (random() - 0.5);
    pixels[i] = Math.max(0, Math.min(255, Math.round(ink * shade + (1 - ink) * 244)));
  }
  return await sharp(pixels, { raw: { width, height, channels: 1 } })
    .png()
    .toBuffer();
}

/** 1 inside the oval of the fingertip, 0 outside, with a soft edge. */
function inkAt(x: number, y: number): number {
  const distance = Math.hypot((x - width / 2) / 128, (y - height / 2) / 180);
  return Math.max(0, Math.min(1, (1 - distance) * 12));
}

/** Ridge directions around cores and deltas (the zero-pole model of ridge flow), or an arch without either. */
function drawFlow(random: () => number): Float32Array {
  const near = (value: number, spread: number) => value + (random() - 0.5) * spread;
  const kind = Math.floor(random() * 4);
  const lean = near(0, 0.3);
  const cores: [number, number][] = [[near(150, 40), near(170, 40)]];
  const deltas: [number, number][] = [[kind === 1 ? near(60, 40) : near(240, 40), near(330, 40)]];
  if (kind === 3) {
    cores.push([near(150, 30), near(230, 30)]);
    deltas.push([near(55, 30), near(330, 40)]);
  }
  const archHeight = near(0.9, 0.5);
  return new Float32Array(width * height).map((_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    if (kind === 0) {
      const slope = archHeight * Math.sin(((x - 150) / 150) * Math.PI) * (y / height);
      return wrapHalfTurn(Math.atan(slope) + lean);
    }
    let turn = 0;
    for (const [cx, cy] of cores) turn += Math.atan2(y - cy, x - cx);
    for (const [dx, dy] of deltas) turn -= Math.atan2(y - dy, x - dx);
    return wrapHalfTurn(turn / 2 + lean);
  });
}

/** A small, fast, repeatable generator of numbers from 0 to 1 (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
