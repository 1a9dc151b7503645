import { toGrey } from "../images/grey.ts";
import type { GreyImage, Picture, Rectangle } from "../images/picture.ts";

const sidePx = 112;

/**
 * How much fine detail a face has: the energy of its Laplacian over the energy of its brightness, after bringing the
 * face to 112 x 112 pixels. No unit; the sample photographs lie between 0.03 and 0.27, visibly blurred ones below 0.02. Being a ratio, it
 * does not move with contrast or exposure.
 */
export async function measureSharpness(picture: Picture, face: Rectangle): Promise<number> {
  const grey = await toGrey(picture, { width: sidePx, height: sidePx, fit: "fill" }, face);
  const contrast = variance(grey.luma);
  return contrast === 0 ? 0 : variance(laplacian(grey)) / contrast;
}

function laplacian({ width, height, luma }: GreyImage): Float32Array {
  const at = (x: number, y: number) => luma[y * width + x] ?? 0;
  const result = new Float32Array((width - 2) * (height - 2));
  let i = 0;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      result[i++] = 4 * at(x, y) - at(x - 1, y) - at(x + 1, y) - at(x, y - 1) - at(x, y + 1);
    }
  }
  return result;
}

function variance(values: Float32Array): number {
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / values.length;
  return squares / values.length - mean * mean;
}
