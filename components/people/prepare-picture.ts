import { MAX_PICTURE_BYTES } from "#lib/captures/types.ts";

export type PictureTrouble = "choose" | "notPicture" | "unreadable" | "tooLarge";
export type PreparedPicture = { ok: true; picture: Blob } | { ok: false; trouble: PictureTrouble };

/** Longest side and JPEG quality of each try to make a picture small enough. */
const STEPS = [
  { side: 2000, quality: 0.9 },
  { side: 1600, quality: 0.85 },
  { side: 1200, quality: 0.8 },
] as const;

/** Makes a chosen file fit to be sent: a JPG, PNG or BMP as it is, a larger one as a smaller JPEG. */
export async function preparePicture(file: File | undefined): Promise<PreparedPicture> {
  if (file === undefined || file.size === 0) return { ok: false, trouble: "choose" };
  if (!isPicture(new Uint8Array(await file.slice(0, 8).arrayBuffer())))
    return { ok: false, trouble: "notPicture" };
  if (file.size <= MAX_PICTURE_BYTES) return { ok: true, picture: file };
  const image = await createImageBitmap(file).catch(() => null);
  if (image === null) return { ok: false, trouble: "unreadable" };
  try {
    for (const step of STEPS) {
      const smaller = await redraw(image, step);
      if (smaller !== null && smaller.size <= MAX_PICTURE_BYTES) return { ok: true, picture: smaller };
    }
    return { ok: false, trouble: "tooLarge" };
  } finally {
    image.close();
  }
}

/** By its first bytes: names and media types are only what somebody says. */
export function isPicture(head: Uint8Array): boolean {
  const startsWith = (...bytes: number[]) => bytes.every((byte, place) => head[place] === byte);
  return (
    startsWith(0xff, 0xd8, 0xff) ||
    startsWith(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a) ||
    startsWith(0x42, 0x4d)
  );
}

async function redraw(
  image: ImageBitmap,
  { side, quality }: { side: number; quality: number },
): Promise<Blob | null> {
  const scale = Math.min(1, side / Math.max(image.width, image.height));
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(image.width * scale)),
    Math.max(1, Math.round(image.height * scale)),
  );
  const pen = canvas.getContext("2d");
  if (pen === null) return null;
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.convertToBlob({ type: "image/jpeg", quality });
}
