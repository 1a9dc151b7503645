import { z } from "zod";
import { memberDigest, openFor, sealFor } from "./member-seal.ts";

const CHALLENGE_MINUTES = 5;

/** Carries the sealed challenge between the password and the code; it opens nothing by itself. */
export const CHALLENGE_COOKIE = "gatehouse.sign-in";
export const CHALLENGE_SECONDS = CHALLENGE_MINUTES * 60;

const challengeSchema = z.object({
  memberId: z.uuid(),
  email: z.string(),
  at: z.coerce.date(),
  passwordMark: z.string(),
});

export type Challenge = z.output<typeof challengeSchema>;

type Challenged = { id: string; email: string; passwordHash: string | null };

/** Names the password without carrying its hash: a challenge is worth nothing once the password is another one. */
const markOf = (key: Uint8Array, { id, passwordHash }: Challenged) =>
  memberDigest(key, id, `password\n${passwordHash}`);

/** Says, readable by us alone, that this member's password was right just now. */
export function makeChallenge(key: Uint8Array, member: Challenged, at: Date): string {
  const { id: memberId, email } = member;
  const challenge: Challenge = { memberId, email, at, passwordMark: markOf(key, member) };
  return sealFor(key, "sign_in", "", JSON.stringify(challenge));
}

/** What the challenge says; null where it is not one of ours or more than five minutes old. */
export function readChallenge(key: Uint8Array, sealed: string, now: Date): Challenge | null {
  const text = openFor(key, "sign_in", "", sealed);
  if (text === null) return null;
  const challenge = challengeSchema.parse(JSON.parse(text));
  return now.getTime() - challenge.at.getTime() < CHALLENGE_SECONDS * 1000 ? challenge : null;
}

/** Whether the password that the challenge stands for is still the member's. */
export const isChallengeOf = (key: Uint8Array, challenge: Challenge, member: Challenged): boolean =>
  challenge.passwordMark === markOf(key, member);
