import { createHash } from "node:crypto";
import type { Application, ApplicationKey, Rotation, Standing } from "./types.ts";

const KEY_FORM = /^gk_live_[A-Za-z0-9_-]{43}$/;
const DAY_MS = 24 * 60 * 60 * 1000;
const WARN_BEFORE_MS = 2 * DAY_MS;

/** One in use and one to come: enough to change keys without a pause. The database holds to it too. */
export const MOST_LIVE_KEYS = 2;

/** What is stored of a key: a SHA-256 is enough, because a key is 32 random bytes and nothing to be guessed. */
export const hashApplicationKey = (key: string): string => createHash("sha256").update(key).digest("hex");

/** Whether a text has the form of a key of ours, so that other texts are refused without a hash or a search. */
export const hasKeyForm = (text: string): boolean => KEY_FORM.test(text);

/** A key as it is shown once, from 32 random bytes. */
export const writeKey = (random: Buffer): string => `gk_live_${random.toString("base64url")}`;

/** The end planned for a key, and what is known of the key that replaces it. */
export type PlannedEnd = {
  endsAt: Date | null;
  successor: { firstUsedAt: Date | null; isLive: boolean } | null;
};

/**
 * When a key ends by itself, or null while it does not: its end counts only with a live successor that was used, and
 * never within a day of the successor's first call, so that a company that installs the new key machine by machine is
 * not locked out by the first of them.
 */
export function endInForce({ endsAt, successor }: PlannedEnd): Date | null {
  if (endsAt === null || successor === null || !successor.isLive || successor.firstUsedAt === null)
    return null;
  return new Date(Math.max(endsAt.getTime(), successor.firstUsedAt.getTime() + DAY_MS));
}

/** Whether the end of a key has come. */
export const isEnded = ({ endsAt }: { endsAt: Date | null }, now: Date): boolean =>
  endsAt !== null && endsAt.getTime() <= now.getTime();

/** Whether nobody called with the key in the last 24 hours. */
export const isQuiet = ({ lastUsedAt }: { lastUsedAt: Date | null }, now: Date): boolean =>
  lastUsedAt === null || now.getTime() - lastUsedAt.getTime() >= DAY_MS;

/** What a live key is called on the screen. `ends` are its planned end and the one in force. */
export function keyStateOf(
  key: { firstUsedAt: Date | null },
  ends: { planned: Date | null; inForce: Date | null },
  now: Date,
): ApplicationKey["state"] {
  if (ends.planned !== null)
    return ends.inForce === null && isEnded({ endsAt: ends.planned }, now) ? "kept" : "ending";
  return key.firstUsedAt === null ? "waiting" : "live";
}

/** Where a rotation stands: what it waits for, what would go wrong at its end, whether the old key may be ended. */
export function rotationOf(old: ApplicationKey, successor: ApplicationKey, now: Date): Rotation | null {
  if (old.endsAt === null) return null;
  const isUsed = successor.firstUsedAt !== null;
  const isSoon = old.endsAt.getTime() - now.getTime() <= WARN_BEFORE_MS;
  const mayEnd = isUsed && isQuiet(old, now);
  const waitsForUse = successor.storedAt === null ? "store" : "use";
  const step = !isUsed ? waitsForUse : mayEnd ? "end" : "move";
  const trouble = !isUsed ? "unused" : mayEnd ? null : "still_called";
  return { step, old, successor, endsAt: old.endsAt, warning: isSoon ? trouble : null, mayEnd };
}

/** What most needs to be said of an application, the worst first. */
export function standingOf(application: {
  disabledAt: Date | null;
  keys: readonly ApplicationKey[];
  rotation: Rotation | null;
}): Standing {
  const { disabledAt, keys, rotation } = application;
  if (disabledAt !== null) return "disabled";
  if (keys.length === 0) return "no_key";
  if (rotation !== null) return rotation.old.state === "kept" ? "kept" : "rotating";
  return keys.every(({ state }) => state === "waiting") ? "waiting" : "live";
}

/** The order in which standings ask for somebody. */
const URGENCY: readonly Standing[] = ["kept", "no_key", "rotating", "waiting", "live", "disabled"];

/** The application that most needs somebody; the first of several, null of none. */
export function mostUrgent(applications: readonly Application[]): Application | null {
  const rank = ({ standing }: Application) => URGENCY.indexOf(standing);
  return applications.reduce<Application | null>(
    (most, next) => (most === null || rank(next) < rank(most) ? next : most),
    null,
  );
}
