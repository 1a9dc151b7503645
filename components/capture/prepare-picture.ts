import { startFaceDetector } from "./detector/face-detector.ts";
import type { FoundFace } from "./detector/find-faces.ts";
import { judgePicture } from "./hints.ts";
import { measurePixels } from "./measure-pixels.ts";
import type { CapturedImage, ExaminedPicture, PictureFault, PictureLook, Subject } from "./types.ts";

export type PictureReading = { ok: true; picture: ExaminedPicture } | { ok: false; fault: PictureFault };

/** A file this large is no photograph of a face, and would freeze a phone while it is decoded. */
const MAX_FILE_BYTES = 40 * 1024 * 1024;
/** Longest side in pixels: more adds bytes, not likeness. */
const MAX_SIDE = 1280;
/** Just under what the gateway takes for one picture, 800 KiB. */
const TARGET_PICTURE_BYTES = 780 * 1024;
const JPEG_QUALITIES = [0.92, 0.85, 0.75, 0.6];
const MEASURED_SIDE = 112;
/** Nobody waits for a hint: without the detector a picture goes unjudged. */
const DETECTOR_TIMEOUT_MS = 4000;

/**
 * Turns a picked file or a frame of the camera into a picture the API takes, and says what could be better in it:
 * decoded by the browser, upright, at most 1280 pixels a side, without what a camera writes beside the picture, a JPEG
 * of less than 800 KiB. A finger stays a PNG where that is small enough, for its ridges.
 */
export async function preparePicture(
  file: Blob,
  subject: Subject,
  from: ExaminedPicture["from"],
): Promise<PictureReading> {
  if (file.size > MAX_FILE_BYTES) return { ok: false, fault: "too_large" };
  const bitmap = await decode(file);
  if (bitmap === null) return { ok: false, fault: "not_a_picture" };
  const before = { bytes: file.size, width: bitmap.width, height: bitmap.height };
  const canvas = drawUpright(bitmap);
  bitmap.close();
  const lossless = subject === "finger" ? await encode(canvas, "image/png") : null;
  const image = lossless ?? (await encodeJpeg(canvas));
  if (image === null) return { ok: false, fault: "too_large" };
  const look = await lookAt(canvas, subject, before);
  return { ok: true, picture: { image, from, before, look, ...judgePicture(look, subject) } };
}

/** A picture as bare Base64, as the gateway takes it. */
export function toBase64({ blob }: CapturedImage): Promise<string> {
  return new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onerror = () => fail(reader.error ?? new Error("The picture could not be read."));
    reader.onload = () => {
      const dataUri = String(reader.result);
      done(dataUri.slice(dataUri.indexOf(",") + 1));
    };
    reader.readAsDataURL(blob);
  });
}

/** Null for anything the browser cannot read as a picture, whatever the file calls itself. */
async function decode(file: Blob): Promise<ImageBitmap | null> {
  try {
    return await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return null;
  }
}

function drawUpright(bitmap: ImageBitmap): HTMLCanvasElement {
  const scale = Math.min(1, MAX_SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext("2d");
  if (context === null) return canvas;
  // A JPEG has no transparency: what was see-through becomes white, not black.
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
}

async function encodeJpeg(canvas: HTMLCanvasElement): Promise<CapturedImage | null> {
  for (const quality of JPEG_QUALITIES) {
    const image = await encode(canvas, "image/jpeg", quality);
    if (image !== null) return image;
  }
  return null;
}

async function encode(
  canvas: HTMLCanvasElement,
  type: CapturedImage["type"],
  quality?: number,
): Promise<CapturedImage | null> {
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, type, quality));
  if (blob === null || blob.type !== type || blob.size > TARGET_PICTURE_BYTES) return null;
  return { blob, type, width: canvas.width, height: canvas.height };
}

async function lookAt(
  canvas: HTMLCanvasElement,
  subject: Subject,
  { width, height }: ExaminedPicture["before"],
): Promise<PictureLook> {
  const found = subject === "face" ? await findInTime(canvas) : null;
  const box = found?.[0] ?? null;
  const pixels = measurePixels(canvas, box, MEASURED_SIDE) ?? UNMEASURED;
  return { width, height, faces: found?.length ?? null, box, ...pixels };
}

/** Nothing to hint at. */
const UNMEASURED = { lightLevel: 128, contrast: 64, sharpness: 1 };

function findInTime(canvas: HTMLCanvasElement): Promise<FoundFace[] | null> {
  const looked: Promise<FoundFace[] | null> = startFaceDetector().then(
    (detector) => detector.find(canvas, 320),
    () => null,
  );
  const late = new Promise<null>((done) => setTimeout(done, DETECTOR_TIMEOUT_MS, null));
  return Promise.race([looked, late]);
}
