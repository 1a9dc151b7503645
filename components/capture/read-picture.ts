import type { CapturedImage } from "./types.ts";

export type PictureFault = "not_a_picture" | "too_large";
export type PictureReading = { ok: true; image: CapturedImage } | { ok: false; fault: PictureFault };

/** A file this large is no photograph of a face, and would freeze a phone while it is decoded. */
const MAX_FILE_BYTES = 40 * 1024 * 1024;
/** Longest side in pixels: more adds bytes, not likeness. */
const MAX_SIDE = 1280;
/** Just under what the gateway takes for one picture, 800 KiB. */
const TARGET_PICTURE_BYTES = 780 * 1024;
const JPEG_QUALITIES = [0.92, 0.85, 0.75, 0.6];

/**
 * Turns a picked file into a picture the API takes: decoded by the browser, upright, at most 1280 pixels a side, a
 * JPEG of less than 800 KiB. With `lossless` it stays a PNG where that is small enough, for the ridges of a finger.
 */
export async function readPicture(file: Blob, lossless = false): Promise<PictureReading> {
  if (file.size > MAX_FILE_BYTES) return { ok: false, fault: "too_large" };
  const bitmap = await decode(file);
  if (bitmap === null) return { ok: false, fault: "not_a_picture" };
  const canvas = drawUpright(bitmap);
  bitmap.close();
  const image = (lossless ? await encode(canvas, "image/png") : null) ?? (await encodeJpeg(canvas));
  return image === null ? { ok: false, fault: "too_large" } : { ok: true, image };
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
  return { base64: await toBase64(blob), type };
}

function toBase64(blob: Blob): Promise<string> {
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
