/** A decoded picture: interleaved 8-bit RGB, upright, no larger than the working size. */
export type Picture = {
  width: number;
  height: number;
  rgb: Uint8Array;
  /** Size of the picture as it was sent, after its orientation mark is applied. */
  originalWidth: number;
  originalHeight: number;
};

export type Rectangle = { x: number; y: number; width: number; height: number };
export type Point = { x: number; y: number };

/** One number per pixel, 0 (black) to 255 (white). */
export type GreyImage = { width: number; height: number; luma: Float32Array };

/** How many pixels of the picture as sent one working pixel stands for. */
export function originalScale(picture: Picture): number {
  return picture.originalWidth / picture.width;
}
