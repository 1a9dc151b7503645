import { createHmac, timingSafeEqual } from "node:crypto";
import { parse, stringify } from "uuid";

const FORM = /^lg_[A-Za-z0-9_-]{43}$/;
const ID_BYTES = 16;
const MAC_BYTES = 16;

/** The id an application gets for a login: signed and bound to it, so that no other application can use or guess it. */
export function writeLoginId(key: Buffer, id: string, applicationId: string): string {
  const bytes = Buffer.concat([parse(id), sign(key, id, applicationId)]);
  return `lg_${bytes.toString("base64url")}`;
}

/** Our own id inside a login id, or null for one that is forged, broken or another application's. */
export function readLoginId(key: Buffer, text: string, applicationId: string): string | null {
  if (!FORM.test(text)) return null;
  const bytes = Buffer.from(text.slice(3), "base64url");
  // The last letter has two bits to spare: of the four texts that mean the same bytes only ours is the id.
  if (bytes.toString("base64url") !== text.slice(3)) return null;
  const id = stringifyOrNull(bytes.subarray(0, ID_BYTES));
  if (id === null) return null;
  return timingSafeEqual(bytes.subarray(ID_BYTES), sign(key, id, applicationId)) ? id : null;
}

function sign(key: Buffer, id: string, applicationId: string): Buffer {
  return createHmac("sha256", key).update(`${id} ${applicationId}`).digest().subarray(0, MAC_BYTES);
}

function stringifyOrNull(bytes: Uint8Array): string | null {
  try {
    return stringify(bytes);
  } catch {
    return null;
  }
}
