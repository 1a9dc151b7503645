import type { FaceBox } from "./types.ts";

const SIDE = 24;
let canvas: HTMLCanvasElement | null = null;

/** The mean brightness, 0 to 255, of the face in the video, or of the whole frame where there is none. */
export function measureLight(video: HTMLVideoElement, box: FaceBox | null): number {
  canvas ??= document.createElement("canvas");
  canvas.width = SIDE;
  canvas.height = SIDE;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null || video.videoWidth === 0) return 128;
  const { x, y, width, height } = box ?? { x: 0, y: 0, width: 1, height: 1 };
  const [w, h] = [video.videoWidth, video.videoHeight];
  context.drawImage(video, x * w, y * h, width * w, height * h, 0, 0, SIDE, SIDE);
  const { data } = context.getImageData(0, 0, SIDE, SIDE);
  let sum = 0;
  for (let at = 0; at < data.length; at += 4) {
    // Luma weights of ITU-R BT.601, in thousandths.
    sum += 299 * (data[at] ?? 0) + 587 * (data[at + 1] ?? 0) + 114 * (data[at + 2] ?? 0);
  }
  return sum / 1000 / (SIDE * SIDE);
}
