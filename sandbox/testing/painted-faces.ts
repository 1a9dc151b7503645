import sharp from "sharp";
import type { Picture, Point } from "../images/picture.ts";

/** What is painted on a face: a cloth over nose and mouth in a colour, or dark glasses. */
export type Paint = { kind: "cloth"; colour: string } | { kind: "dark_glasses" };

const CLOTH = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 29];
const DARK = "#15161a";

/** The picture with something painted where the landmarks, in pixels of `looked`, say that it would be. */
export async function paintOn(
  jpeg: Buffer,
  looked: Picture,
  landmarks: Point[],
  paint: Paint,
): Promise<Buffer> {
  const { width = 1, height = 1 } = await sharp(jpeg).metadata();
  const shapes = paint.kind === "cloth" ? cloth(landmarks, paint.colour) : darkGlasses(landmarks);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><g transform="scale(${width / looked.width})">${shapes}</g></svg>`;
  return await sharp(jpeg)
    .composite([{ input: Buffer.from(svg) }])
    .jpeg({ quality: 90 })
    .toBuffer();
}

function cloth(landmarks: Point[], colour: string): string {
  const points = CLOTH.flatMap((place) => landmarks[place] ?? []).map(({ x, y }) => `${x},${y}`);
  return `<polygon points="${points.join(" ")}" fill="${colour}"/>`;
}

function darkGlasses(landmarks: Point[]): string {
  const lenses = [36, 42].map((start) => {
    const eye = landmarks.slice(start, start + 6);
    const [outer = { x: 0, y: 0 }, , , inner = outer] = eye;
    const x = eye.reduce((sum, point) => sum + point.x, 0) / eye.length;
    const y = eye.reduce((sum, point) => sum + point.y, 0) / eye.length;
    const wide = Math.hypot(inner.x - outer.x, inner.y - outer.y);
    return `<ellipse cx="${x}" cy="${y}" rx="${wide * 0.85}" ry="${wide * 0.62}" fill="${DARK}" fill-opacity="0.93"/>`;
  });
  const [from, to] = [landmarks[39], landmarks[42]];
  const bridge = `<line x1="${from?.x}" y1="${from?.y}" x2="${to?.x}" y2="${to?.y}" stroke="${DARK}" stroke-width="4"/>`;
  return lenses.join("") + bridge;
}
