import { createHmac } from "node:crypto";

/**
 * The key a person's place in the rollout is computed from: an HMAC-SHA-256 of the CustomID with the installation's
 * permanent key, in hexadecimal. It goes to the flag's evaluation and is stored nowhere.
 */
export const loginKeyOf = (secretHex: string, customId: string): string =>
  createHmac("sha256", Buffer.from(secretHex, "hex")).update(customId).digest("hex");
