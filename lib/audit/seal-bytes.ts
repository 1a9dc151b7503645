import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const VERSION = 1;
const CIPHER = "aes-256-gcm";
const IV_BYTES = 12;
const TAG_BYTES = 16;

export const KEY_BYTES = 32;

/** The key that wraps the log's keys, derived from the installation's secret. It is never in the database. */
export const auditKeyOf = (secretHex: string): Uint8Array =>
  new Uint8Array(hkdfSync("sha256", Buffer.from(secretHex, "hex"), "", "gatehouse audit keys 1", KEY_BYTES));

export const newKey = (): Uint8Array => new Uint8Array(randomBytes(KEY_BYTES));

/** Encrypts with AES-256-GCM: version, IV, ciphertext, tag. What it is bound to must be named again to open it. */
export function sealBytes(key: Uint8Array, boundTo: string, bytes: Uint8Array): Uint8Array {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, key, iv).setAAD(Buffer.from(boundTo));
  const sealed = [Buffer.of(VERSION), iv, cipher.update(bytes), cipher.final(), cipher.getAuthTag()];
  return new Uint8Array(Buffer.concat(sealed));
}

/** What was sealed; null where it was altered, moved to another place, or sealed with another key. */
export function openBytes(key: Uint8Array, boundTo: string, sealed: Uint8Array): Uint8Array | null {
  if (sealed[0] !== VERSION || sealed.length < 1 + IV_BYTES + TAG_BYTES) return null;
  const iv = sealed.subarray(1, 1 + IV_BYTES);
  const decipher = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(boundTo))
    .setAuthTag(sealed.subarray(-TAG_BYTES));
  try {
    const opened = decipher.update(sealed.subarray(1 + IV_BYTES, -TAG_BYTES));
    return new Uint8Array(Buffer.concat([opened, decipher.final()]));
  } catch {
    return null;
  }
}
