import type { FaceBox } from "../types.ts";
import { convolve, convolveSeparably, mix, type Plane, pool } from "./layers.ts";
import type { FaceWeights } from "./read-weights.ts";

/** A face with how sure the network is of it, 0 to 1. */
export type FoundFace = FaceBox & { score: number };

/** RGBA of a square, the picture in its upper left corner and black around it. */
export type Square = { side: number; rgba: Uint8ClampedArray; width: number; height: number };

const MEAN_RGB = [117.001, 114.697, 97.404] as const;
/** Faces of these sizes, in cells, were what the network was trained to start from. */
const ANCHORS = [
  [1.603231, 2.094468],
  [6.041143, 7.080126],
  [2.882459, 3.518061],
  [4.266906, 5.178857],
  [9.041765, 10.66308],
] as const;
/** Per anchor: where, how large, how sure. */
const NUMBERS = 5;
/** Two boxes that share more than this of what they cover together are the same face. */
const SAME_FACE = 0.4;

/**
 * Finds the faces in a picture with the tiny face detector of face-api.js (a small YOLOv2 with separable
 * convolutions): the largest first, as parts of the picture's width and height.
 */
export function findFaces(weights: FaceWeights, square: Square, minScore: number): FoundFace[] {
  const cells = run(weights, square);
  const found = read(cells, square, minScore).sort((a, b) => b.score - a.score);
  const kept: FoundFace[] = [];
  for (const face of found) if (kept.every((other) => sharedPart(face, other) <= SAME_FACE)) kept.push(face);
  return kept.sort((a, b) => b.width * b.height - a.width * a.height);
}

function run({ first, separable, last }: FaceWeights, square: Square): Plane {
  let plane = convolve(normalised(square), first);
  for (const layer of separable) plane = convolveSeparably(pool(plane, 2), layer);
  return mix(pool(plane, 1), last);
}

function normalised({ side, rgba }: Square): Plane {
  const values = new Float32Array(side * side * 3);
  for (let place = 0; place < side * side; place++) {
    for (let channel = 0; channel < 3; channel++)
      values[place * 3 + channel] = ((rgba[place * 4 + channel] ?? 0) - (MEAN_RGB[channel] ?? 0)) / 256;
  }
  return { side, channels: 3, values };
}

function read({ side, channels, values }: Plane, square: Square, minScore: number): FoundFace[] {
  const found: FoundFace[] = [];
  const [perX, perY] = [square.side / square.width, square.side / square.height];
  for (let place = 0; place < side * side; place++) {
    for (const [anchor, [anchorWidth, anchorHeight]] of ANCHORS.entries()) {
      const at = place * channels + anchor * NUMBERS;
      const number = (which: number) => values[at + which] ?? 0;
      const score = sigmoid(number(4));
      if (score <= minScore) continue;
      const width = ((Math.exp(number(2)) * anchorWidth) / side) * perX;
      const height = ((Math.exp(number(3)) * anchorHeight) / side) * perY;
      const x = (((place % side) + sigmoid(number(0))) / side) * perX - width / 2;
      const y = ((Math.floor(place / side) + sigmoid(number(1))) / side) * perY - height / 2;
      found.push({ x, y, width, height, score });
    }
  }
  return found;
}

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));

function sharedPart(a: FaceBox, b: FaceBox): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / (a.width * a.height + b.width * b.height - shared);
}
