import { createHmac, hkdfSync } from "node:crypto";
import { openLine, sealLine } from "#lib/recording/seal.ts";

/** What is sealed with a member's key: a sealed text of one purpose opens for no other. */
type Purpose = "code_app" | "code_app_set_up" | "sign_in" | "single_sign_on";

/** The key of what members prove themselves with, derived from the installation's secret and kept outside the database. */
export const memberKeyOf = (secretHex: string): Uint8Array =>
  new Uint8Array(hkdfSync("sha256", Buffer.from(secretHex, "hex"), "", "gatehouse member secret 1", 32));

/** The text encrypted, and bound to its purpose and to whom it belongs, so that it cannot be moved to somebody else. */
export const sealFor = (key: Uint8Array, purpose: Purpose, boundTo: string, text: string): string =>
  sealLine(key, JSON.stringify([purpose, boundTo, text])).trimEnd();

/** The text; null where it was sealed with another key, for something else or for somebody else. */
export function openFor(key: Uint8Array, purpose: Purpose, boundTo: string, sealed: string): string | null {
  const opened = openLine(key, sealed);
  if (opened === null) return null;
  const [sealedAs, sealedFor, text] = JSON.parse(opened) as [string, string, string];
  return sealedAs === purpose && sealedFor === boundTo ? text : null;
}

/** A digest that tells nothing without the key, and is another one for another member. */
export const memberDigest = (key: Uint8Array, memberId: string, text: string): string =>
  createHmac("sha256", key).update(`${memberId}\n${text}`).digest("base64url");
