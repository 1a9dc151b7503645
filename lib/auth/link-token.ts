import { createHash, randomBytes } from "node:crypto";

const TOKEN_FORM = /^[A-Za-z0-9_-]{43}$/;

/** What opens an invitation: 32 random bytes, so that it can be neither guessed nor, from its digest, be found. */
export const newLinkToken = (): string => randomBytes(32).toString("base64url");

/** What is stored of a token: a SHA-256 is enough for something that is nothing to be guessed. */
export const hashLinkToken = (token: string): string => createHash("sha256").update(token).digest("hex");

/** Whether a text has the form of a token of ours, so that other texts are refused without a hash or a search. */
export const hasTokenForm = (text: string): boolean => TOKEN_FORM.test(text);
