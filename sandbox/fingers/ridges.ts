import type { GreyImage } from "../images/picture.ts";

// Ridge images are rows of numbers about zero: negative on ridges (dark), positive in valleys.

export type Size = { width: number; height: number };

/** Direction of the ridges at every pixel, 0..pi, and how unanimous the neighbourhood is about it, 0..1. */
export type RidgeFlow = { direction: Float32Array; coherence: Float32Array };

/** Mean over a square around every pixel, edges clamped. */
export function boxMean(values: Float32Array, { width, height }: Size, radius: number): Float32Array {
  const across = new Float32Array(values.length);
  for (let y = 0; y < height; y++) meanLine(values, across, y * width, 1, width, radius);
  const result = new Float32Array(values.length);
  for (let x = 0; x < width; x++) meanLine(across, result, x, width, height, radius);
  return result;
}

function meanLine(
  from: Float32Array,
  to: Float32Array,
  start: number,
  step: number,
  count: number,
  radius: number,
): void {
  const at = (i: number) => from[start + Math.min(count - 1, Math.max(0, i)) * step] ?? 0;
  let sum = 0;
  for (let i = -radius; i <= radius; i++) sum += at(i);
  for (let i = 0; i < count; i++) {
    to[start + i * step] = sum / (2 * radius + 1);
    sum += at(i + radius + 1) - at(i - radius);
  }
}

/** Takes away slow changes of light and brings every neighbourhood to the same contrast; flat ones become zero. */
export function flatten(image: GreyImage): { values: Float32Array; contrast: Float32Array } {
  const radius = 12;
  const mean = boxMean(image.luma, image, radius);
  const offMean = image.luma.map((value, i) => value - (mean[i] ?? 0));
  const power = boxMean(
    offMean.map((value) => value * value),
    image,
    radius,
  );
  const contrast = power.map(Math.sqrt);
  const values = offMean.map((value, i) => value / Math.max(contrast[i] ?? 0, 4));
  return { values, contrast };
}

/** The usual gradient-tensor estimate, averaged over about two ridges. */
export function measureFlow(values: Float32Array, size: Size): RidgeFlow {
  const { width, height } = size;
  const xx = new Float32Array(values.length);
  const yy = new Float32Array(values.length);
  const xy = new Float32Array(values.length);
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x;
      const dx = (values[i + 1] ?? 0) - (values[i - 1] ?? 0);
      const dy = (values[i + width] ?? 0) - (values[i - width] ?? 0);
      xx[i] = dx * dx;
      yy[i] = dy * dy;
      xy[i] = dx * dy;
    }
  }
  const smooth = (tensor: Float32Array) => boxMean(boxMean(tensor, size, 6), size, 6);
  const [sxx, syy, sxy] = [smooth(xx), smooth(yy), smooth(xy)];
  const direction = new Float32Array(values.length);
  const coherence = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const difference = (sxx[i] ?? 0) - (syy[i] ?? 0);
    const cross = 2 * (sxy[i] ?? 0);
    const total = (sxx[i] ?? 0) + (syy[i] ?? 0);
    // The gradient points across the ridges; a quarter turn gives their direction.
    direction[i] = wrapHalfTurn(Math.atan2(cross, difference) / 2 + Math.PI / 2);
    coherence[i] = total > 1e-6 ? Math.hypot(difference, cross) / total : 0;
  }
  return { direction, coherence };
}

/** Brings a direction without sense into 0..pi. */
export function wrapHalfTurn(angle: number): number {
  return angle - Math.PI * Math.floor(angle / Math.PI);
}

const kernelCount = 32;
const kernelRadius = 8;

/**
 * Keeps what runs along the given direction with the given distance from ridge to ridge (Gabor filter). Pixels whose
 * mask is 0 are left at zero.
 */
export function followRidges(
  values: Float32Array,
  direction: Float32Array,
  { width, height }: Size,
  periodPx: number,
  mask?: Uint8Array,
): Float32Array {
  const kernels = Array.from({ length: kernelCount }, (_, k) =>
    makeKernel((k * Math.PI) / kernelCount, periodPx),
  );
  const side = 2 * kernelRadius + 1;
  const result = new Float32Array(values.length);
  for (let y = kernelRadius; y < height - kernelRadius; y++) {
    for (let x = kernelRadius; x < width - kernelRadius; x++) {
      const i = y * width + x;
      if (mask?.[i] === 0) continue;
      const kernel = kernels[Math.round(((direction[i] ?? 0) * kernelCount) / Math.PI) % kernelCount];
      if (kernel === undefined) continue;
      let sum = 0;
      for (let ky = 0; ky < side; ky++) {
        const row = i + (ky - kernelRadius) * width - kernelRadius;
        const kernelRow = ky * side;
        for (let kx = 0; kx < side; kx++) sum += (kernel[kernelRow + kx] ?? 0) * (values[row + kx] ?? 0);
      }
      result[i] = sum;
    }
  }
  return result;
}

/** A wave across the direction under a round window, without a mean, scaled to answer its own wave with about 1. */
function makeKernel(direction: number, periodPx: number): Float32Array {
  const side = 2 * kernelRadius + 1;
  const kernel = new Float32Array(side * side);
  const [across, down] = [-Math.sin(direction), Math.cos(direction)];
  const spread = 0.45 * periodPx;
  let gain = 0;
  let sum = 0;
  for (let y = -kernelRadius; y <= kernelRadius; y++) {
    for (let x = -kernelRadius; x <= kernelRadius; x++) {
      const window = Math.exp(-(x * x + y * y) / (2 * spread * spread));
      const wave = Math.cos((2 * Math.PI * (x * across + y * down)) / periodPx);
      kernel[(y + kernelRadius) * side + x + kernelRadius] = window * wave;
      gain += window * wave * wave;
      sum += window * wave;
    }
  }
  const mean = sum / kernel.length;
  return kernel.map((value) => (value - mean) / gain);
}
