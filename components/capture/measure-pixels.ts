import type { FaceBox } from "./types.ts";

/** Brightness 0 to 255; contrast its standard deviation; sharpness has no unit. */
export type Pixels = { lightLevel: number; contrast: number; sharpness: number };

type Source = HTMLVideoElement | HTMLCanvasElement;

const WHOLE: FaceBox = { x: 0, y: 0, width: 1, height: 1 };
let canvas: HTMLCanvasElement | null = null;

/** Measures a part of a picture, or all of it, brought to a square of `side` pixels; null where nothing can be read. */
export function measurePixels(source: Source, box: FaceBox | null, side: number): Pixels | null {
  canvas ??= document.createElement("canvas");
  canvas.width = side;
  canvas.height = side;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const [w, h] =
    source instanceof HTMLVideoElement
      ? [source.videoWidth, source.videoHeight]
      : [source.width, source.height];
  if (pen === null || w === 0) return null;
  const { x, y, width, height } = box ?? WHOLE;
  pen.drawImage(source, x * w, y * h, width * w, height * h, 0, 0, side, side);
  return measureSquare(pen.getImageData(0, 0, side, side).data, side);
}

/**
 * Light, contrast and sharpness of a square of RGBA. Sharpness is the energy of the Laplacian over the energy of the
 * brightness: being a ratio, it does not move with contrast or exposure.
 */
export function measureSquare(rgba: Uint8ClampedArray, side: number): Pixels {
  const luma = new Float32Array(side * side);
  for (let place = 0; place < luma.length; place++) {
    const at = place * 4;
    // Luma weights of ITU-R BT.601.
    luma[place] = 0.299 * (rgba[at] ?? 0) + 0.587 * (rgba[at + 1] ?? 0) + 0.114 * (rgba[at + 2] ?? 0);
  }
  const { mean, variance } = spreadOf(luma);
  const detail = spreadOf(laplacian(luma, side)).variance;
  return {
    lightLevel: mean,
    contrast: Math.sqrt(variance),
    sharpness: variance === 0 ? 0 : detail / variance,
  };
}

function laplacian(luma: Float32Array, side: number): Float32Array {
  const at = (x: number, y: number) => luma[y * side + x] ?? 0;
  const result = new Float32Array((side - 2) * (side - 2));
  let place = 0;
  for (let y = 1; y < side - 1; y++) {
    for (let x = 1; x < side - 1; x++)
      result[place++] = 4 * at(x, y) - at(x - 1, y) - at(x + 1, y) - at(x, y - 1) - at(x, y + 1);
  }
  return result;
}

function spreadOf(values: Float32Array): { mean: number; variance: number } {
  let [sum, squares] = [0, 0];
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / values.length;
  return { mean, variance: squares / values.length - mean * mean };
}
