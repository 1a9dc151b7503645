import { decode as decodeBmp } from "bmp-ts";
import sharp, { type Sharp } from "sharp";
import type { Picture } from "./picture.ts";

export type DecodeLimits = { maxPixels: number; tolerateDataUri: boolean; allowTiff: boolean };

/** Longest side kept. Detection works at less than half of it; fingers need every ridge. */
const workingSidePx = 1280;

const base64Text = /^[A-Za-z0-9+/]*={0,2}$/;
const dataUriPrefix = /^data:[^,]{0,100};base64,/;

/**
 * Gives the picture, or null when the text is not Base64 or the bytes are no whole JPG, PNG or BMP within the limits.
 *
 * What the bytes are is decided by their first bytes, never by a name.
 */
export async function decodePicture(base64: string, limits: DecodeLimits): Promise<Picture | null> {
  const bytes = decodeBase64(base64, limits.tolerateDataUri);
  if (bytes === null) return null;
  try {
    switch (sniff(bytes)) {
      case "jpg":
      case "png":
        return await readWithSharp(bytes, limits);
      case "tiff":
        return limits.allowTiff ? await readWithSharp(bytes, limits) : null;
      case "bmp":
        return await readBmp(bytes, limits);
      default:
        return null;
    }
  } catch {
    // Both decoders throw for truncated or damaged files and for pictures beyond the pixel limit.
    return null;
  }
}

/** Gives the bytes, or null when the text is not strict Base64. Line breaks are taken, as .NET's decoder does. */
export function decodeBase64(text: string, tolerateDataUri = false): Buffer | null {
  const body = tolerateDataUri ? text.replace(dataUriPrefix, "") : text;
  const packed = /\s/.test(body) ? body.replace(/\s+/g, "") : body;
  if (packed.length === 0 || packed.length % 4 !== 0 || !base64Text.test(packed)) return null;
  return Buffer.from(packed, "base64");
}

type PictureKind = "jpg" | "png" | "bmp" | "tiff" | "other";

function sniff(bytes: Buffer): PictureKind {
  const hex = bytes.toString("hex", 0, 8);
  if (hex.startsWith("ffd8ff")) return "jpg";
  if (hex === "89504e470d0a1a0a") return "png";
  if (hex.startsWith("424d")) return "bmp";
  if (hex.startsWith("49492a00") || hex.startsWith("4d4d002a")) return "tiff";
  return "other";
}

async function readWithSharp(bytes: Buffer, limits: DecodeLimits): Promise<Picture> {
  const input = { limitInputPixels: limits.maxPixels, failOn: "error" } as const;
  const { autoOrient } = await sharp(bytes, input).metadata();
  return await toWorkingSize(sharp(bytes, input).autoOrient(), autoOrient.width, autoOrient.height);
}

async function readBmp(bytes: Buffer, limits: DecodeLimits): Promise<Picture> {
  assertSaneBmp(bytes, limits.maxPixels);
  const bitmap = decodeBmp(bytes, { toRGBA: true });
  const { width, height } = bitmap;
  const rgb = new Uint8Array(width * height * 3);
  // The fourth byte of a 32-bit bitmap is usually unused and zero, so it is not read as transparency.
  for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
    rgb.set(bitmap.data.subarray(from, from + 3), to);
  }
  return await toWorkingSize(sharp(rgb, { raw: { width, height, channels: 3 } }), width, height);
}

/** Throws for a bitmap that promises more pixels than allowed, or than its own bytes can hold. */
function assertSaneBmp(bytes: Buffer, maxPixels: number): void {
  const width = bytes.readInt32LE(18);
  const height = Math.abs(bytes.readInt32LE(22));
  const bitsPerPixel = bytes.readUInt16LE(28);
  const compression = bytes.readUInt32LE(30);
  const colours = bytes.readUInt32LE(46);
  if (width <= 0 || height <= 0 || width * height > maxPixels || colours > 256)
    throw new Error("bitmap size");
  const rowBytes = Math.ceil((width * bitsPerPixel) / 32) * 4;
  const runLengthEncoded = compression === 1 || compression === 2;
  const pixelBytes = bytes.length - bytes.readUInt32LE(10);
  if (!runLengthEncoded && pixelBytes < rowBytes * height) throw new Error("bitmap truncated");
}

async function toWorkingSize(image: Sharp, originalWidth: number, originalHeight: number): Promise<Picture> {
  const { data, info } = await image
    .resize({ width: workingSidePx, height: workingSidePx, fit: "inside", withoutEnlargement: true })
    .flatten({ background: "#ffffff" })
    .toColourspace("srgb")
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) throw new Error("unexpected channels");
  return { width: info.width, height: info.height, rgb: new Uint8Array(data), originalWidth, originalHeight };
}
