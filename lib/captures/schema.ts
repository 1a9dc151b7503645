import { z } from "zod";
import type { FingerNumber } from "#lib/multibiometrics/types.ts";
import { MAX_PICTURE_BYTES, type PictureBytes } from "./types.ts";

const FINGER_KEYS = [
  "1",
  "2",
  "3",
  "4",
  "5",
  "6",
  "7",
  "8",
  "9",
  "10",
] as const satisfies `${FingerNumber}`[];

/** Loose on purpose: what is wrong with a picture is answered as feedback to the person, not as a bad request. */
const picture = z.string();

export const faceSchema = picture.meta({
  description:
    "Base64 of a BMP, PNG or JPG of at most 800 KiB. Bare Base64 is best; a `data:image/...;base64,` prefix and line breaks are taken off.",
});

export const fingersSchema = z.partialRecord(z.enum(FINGER_KEYS), picture).meta({
  description:
    "Fingers by position: 1-5 right thumb to little finger, 6-10 left thumb to little finger. Each is Base64 like `face`.",
});

const upload = z
  .instanceof(File)
  .refine(({ size }) => size > 0 && size <= MAX_PICTURE_BYTES)
  .optional();

/** The pictures of a form of the console: `face`, and `finger-1` to `finger-10`, each a file within the API's limit. */
export const uploadFields = {
  face: upload,
  ...(Object.fromEntries(FINGER_KEYS.map((finger) => [`finger-${finger}`, upload])) as Record<
    `finger-${FingerNumber}`,
    typeof upload
  >),
};

type Uploads = { [Field in keyof typeof uploadFields]?: File | undefined };

/** Whether a form brought any picture at all. */
export const hasUpload = (form: Uploads): boolean =>
  form.face !== undefined || FINGER_KEYS.some((finger) => form[`finger-${finger}`] !== undefined);

/** The bytes of a form's pictures. */
export async function bytesOfUploads(form: Uploads): Promise<PictureBytes> {
  const pictures: PictureBytes = { fingers: {} };
  if (form.face !== undefined) pictures.face = await bytesOf(form.face);
  for (const finger of FINGER_KEYS) {
    const file = form[`finger-${finger}`];
    if (file !== undefined) pictures.fingers[finger] = await bytesOf(file);
  }
  return pictures;
}

const bytesOf = async (file: File): Promise<Uint8Array> => new Uint8Array(await file.arrayBuffer());
