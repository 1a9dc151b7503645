import { hkdfSync, randomBytes } from "node:crypto";
import { openLine, sealLine } from "#lib/recording/seal.ts";

const PREFIX = "whsec_";
/** The Standard Webhooks specification asks for 24 to 64 bytes. */
const SECRET_BYTES = 32;

/** The key that seals signing secrets, derived from the installation's secret. */
export const secretKeyOf = (secretHex: string): Uint8Array =>
  new Uint8Array(hkdfSync("sha256", Buffer.from(secretHex, "hex"), "", "gatehouse webhook secret 1", 32));

/** A new signing secret, as the receiver is to store it. */
export const newSecret = (): string => `${PREFIX}${randomBytes(SECRET_BYTES).toString("base64")}`;

/** The secret encrypted for its row: bound to the target, so that it cannot be moved to another one. */
export const sealSecret = (key: Uint8Array, targetId: string, secret: string): string =>
  sealLine(key, JSON.stringify([targetId, secret])).trimEnd();

/** The secret of this target; null where it was sealed with another key or for another target. */
export function openSecret(key: Uint8Array, targetId: string, sealed: string): string | null {
  const text = openLine(key, sealed);
  if (text === null) return null;
  const [sealedFor, secret] = JSON.parse(text) as [string, string];
  return sealedFor === targetId ? secret : null;
}
