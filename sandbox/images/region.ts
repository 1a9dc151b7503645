import type { Picture, Point } from "./picture.ts";

/** What the pixels of a region look like together, by the luma and colour differences of ITU-R BT.601. */
export type RegionLook = {
  /** Mean brightness, 0 to 255. */
  luma: number;
  /** Mean blue and red difference, -128 to 127. */
  blue: number;
  red: number;
  /** Brightness between its 5th and its 95th percentile. */
  spread: number;
};

/** How the pixels inside a polygon look; null when none of the picture lies inside it. */
export function lookOf(picture: Picture, corners: readonly Point[]): RegionLook | null {
  const lumas: number[] = [];
  let [blue, red] = [0, 0];
  for (const at of pixelsInside(picture, corners)) {
    const [r = 0, g = 0, b = 0] = picture.rgb.subarray(at, at + 3);
    lumas.push(0.299 * r + 0.587 * g + 0.114 * b);
    blue += 0.5 * b - 0.169 * r - 0.331 * g;
    red += 0.5 * r - 0.419 * g - 0.081 * b;
  }
  const count = lumas.length;
  if (count === 0) return null;
  lumas.sort((a, b) => a - b);
  const percentile = (share: number) => lumas[Math.floor((count - 1) * share)] ?? 0;
  const luma = lumas.reduce((sum, value) => sum + value, 0) / count;
  return { luma, blue: blue / count, red: red / count, spread: percentile(0.95) - percentile(0.05) };
}

/** Offsets into `rgb` of the pixels whose corner lies inside the polygon. */
function* pixelsInside(picture: Picture, corners: readonly Point[]): Generator<number> {
  const xs = corners.map(({ x }) => x);
  const ys = corners.map(({ y }) => y);
  const [left, right] = [
    Math.max(0, Math.ceil(Math.min(...xs))),
    Math.min(picture.width - 1, Math.max(...xs)),
  ];
  const [top, bottom] = [
    Math.max(0, Math.ceil(Math.min(...ys))),
    Math.min(picture.height - 1, Math.max(...ys)),
  ];
  for (let y = top; y <= bottom; y++)
    for (let x = left; x <= right; x++) if (isInside(corners, x, y)) yield (y * picture.width + x) * 3;
}

/** By counting the edges a ray to the right crosses. */
function isInside(corners: readonly Point[], x: number, y: number): boolean {
  let inside = false;
  for (const [place, a] of corners.entries()) {
    const b = corners.at(place - 1) ?? a;
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
  }
  return inside;
}
