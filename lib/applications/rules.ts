import { createHash } from "node:crypto";

const KEY_FORM = /^gk_live_[A-Za-z0-9_-]{43}$/;

/** What is stored of a key: a SHA-256 is enough, because a key is 32 random bytes and nothing to be guessed. */
export const hashApplicationKey = (key: string): string => createHash("sha256").update(key).digest("hex");

/** Whether a text has the form of a key of ours, so that other texts are refused without a hash or a search. */
export const hasKeyForm = (text: string): boolean => KEY_FORM.test(text);

/** A key as it is shown once, from 32 random bytes. */
export const writeKey = (random: Buffer): string => `gk_live_${random.toString("base64url")}`;
