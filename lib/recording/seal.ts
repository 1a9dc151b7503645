import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

const VERSION = "g1";
const CIPHER = "aes-256-gcm";
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** Short runs, so that a search of the disk for pictures, which are long runs of Base64, finds nothing that is none. */
const RUNS = /.{1,120}/g;

/** Encrypts a text into one line: version, then Base64 of IV, ciphertext and tag in runs parted by spaces, newline. */
export function sealLine(key: Uint8Array, text: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, key, iv).setAAD(Buffer.from(VERSION));
  const sealed = Buffer.concat([iv, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return `${VERSION} ${sealed.toString("base64").match(RUNS)?.join(" ")}\n`;
}

/** The text of a line without its newline; null when it is torn, altered, or was sealed with another key. */
export function openLine(key: Uint8Array, line: string): string | null {
  if (!line.startsWith(`${VERSION} `)) return null;
  // The decoder passes over the spaces between the runs.
  const sealed = Buffer.from(line.slice(VERSION.length + 1), "base64");
  if (sealed.length < IV_BYTES + TAG_BYTES) return null;
  const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(VERSION))
    .setAuthTag(sealed.subarray(-TAG_BYTES));
  try {
    return decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES), undefined, "utf8") + decipher.final("utf8");
  } catch {
    return null;
  }
}
