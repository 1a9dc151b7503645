import { z } from "zod";
import type { FingerNumber } from "#lib/multibiometrics/types.ts";

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
