import { Secret, TOTP } from "otpauth";
import { encode } from "uqr";
import type { CodePicture } from "./types.ts";

// RFC 6238 as every code app knows it; the issuer and label are what the app shows beside the code.
const ISSUER = "Gatehouse";
const SECRET_BYTES = 20;
const STEP_SECONDS = 30;
/** A clock may be one step off. */
const STEPS_BESIDE = 1;

/** A new secret for a code app, in Base32 as it is typed. */
export const newCodeSecret = (): string => new Secret({ size: SECRET_BYTES }).base32;

const appOf = (secret: string, label = "") =>
  new TOTP({ issuer: ISSUER, label, algorithm: "SHA1", digits: 6, period: STEP_SECONDS, secret });

/** The address a code app reads the secret from, as a picture: one path over a square of `size`. */
export function codeAppPicture(secret: string, email: string): CodePicture {
  const { size, data } = encode(appOf(secret, email).toString(), { border: 2, ecc: "M" });
  const rows = data.map((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")).join(""));
  return { size, path: rows.join("") };
}

/** The 30-second step that the code belongs to, at most one off from now; null where it is no code of this secret. */
export function stepOfCode(secret: string, code: string, at: Date): number | null {
  const app = appOf(secret);
  const timestamp = at.getTime();
  const delta = app.validate({ token: code, timestamp, window: STEPS_BESIDE });
  return delta === null ? null : app.counter({ timestamp }) + delta;
}
