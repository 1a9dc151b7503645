import { hkdfSync } from "node:crypto";

/** One key per purpose, so that none can stand in for another. */
export type GatewayKeys = { loginId: Buffer; snapshot: Buffer; journal: Buffer; idempotency: Buffer };

/** Derives the gateway's own keys from its secret; every gateway of an installation gets the same ones. */
export function deriveKeys(secretHex: string): GatewayKeys {
  const secret = Buffer.from(secretHex, "hex");
  const derive = (purpose: string) =>
    Buffer.from(hkdfSync("sha256", secret, "", `gatehouse ${purpose} 1`, 32));
  return {
    loginId: derive("login id"),
    snapshot: derive("snapshot"),
    journal: derive("journal"),
    idempotency: derive("idempotency"),
  };
}
