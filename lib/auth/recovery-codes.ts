import { randomBytes } from "node:crypto";
import { memberDigest } from "./member-seal.ts";

export const RECOVERY_CODES = 10;
/** Crockford's Base32: no letter that is read as a digit. */
const LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";
/** 16 letters of 5 bits: 80 bits that nobody guesses. */
const LENGTH = 16;
const GROUP = /.{4}/g;

/** A new recovery code in groups of four, as it is shown once. */
export function newRecoveryCode(): string {
  // A byte's lower 5 bits are as random as the byte.
  const letters = [...randomBytes(LENGTH)].map((byte) => LETTERS[byte & 31]).join("");
  return letters.match(GROUP)?.join("-") ?? letters;
}

/** The code as it is compared: case, spaces and lines do not count, and a letter mistaken for a digit is one. */
export const normaliseRecoveryCode = (typed: string): string =>
  typed.toLowerCase().replaceAll(/[\s-]/g, "").replaceAll("o", "0").replaceAll(/[il]/g, "1");

/** What is kept of a recovery code. */
export const digestOfRecoveryCode = (key: Uint8Array, memberId: string, typed: string): string =>
  memberDigest(key, memberId, `recovery code\n${normaliseRecoveryCode(typed)}`);
