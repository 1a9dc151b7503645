import type { Size } from "./ridges.ts";

/** The eight neighbours of a pixel, clockwise from above. */
export function neighbourOffsets(width: number): number[] {
  return [-width, -width + 1, 1, width + 1, width, width - 1, -1, -width - 1];
}

/**
 * Thins lines of ones to a width of one pixel, in place (Zhang and Suen, "A fast parallel algorithm for thinning
 * digital patterns", 1984). The outermost pixels must be zero.
 */
export function thinRidges(lines: Uint8Array, size: Size): void {
  let changed = true;
  while (changed) {
    const first = peel(lines, size, 0);
    const second = peel(lines, size, 1);
    changed = first || second;
  }
}

function peel(lines: Uint8Array, { width, height }: Size, pass: 0 | 1): boolean {
  const offsets = neighbourOffsets(width);
  const gone: number[] = [];
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x;
      if (lines[i] === 1 && isRemovable(lines, i, offsets, pass)) gone.push(i);
    }
  }
  for (const i of gone) lines[i] = 0;
  return gone.length > 0;
}

function isRemovable(lines: Uint8Array, i: number, offsets: number[], pass: 0 | 1): boolean {
  const around = (k: number) => lines[i + (offsets[k % 8] ?? 0)] ?? 0;
  let count = 0;
  for (let k = 0; k < 8; k++) count += around(k);
  if (count < 2 || count > 6 || countRises(lines, i, offsets) !== 1) return false;
  const [up, right, down, left] = [around(0), around(2), around(4), around(6)];
  return pass === 0
    ? up * right * down === 0 && right * down * left === 0
    : up * right * left === 0 && up * down * left === 0;
}

/** How many lines leave a pixel: steps from 0 to 1 on the way round it. */
export function countRises(lines: Uint8Array, i: number, offsets: number[]): number {
  let rises = 0;
  for (let k = 0; k < 8; k++) {
    const here = lines[i + (offsets[k] ?? 0)];
    const next = lines[i + (offsets[(k + 1) % 8] ?? 0)];
    if (here === 0 && next === 1) rises++;
  }
  return rises;
}
