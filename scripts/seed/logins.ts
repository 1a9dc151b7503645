import { newIdAt, timeOfId } from "#lib/ids.ts";
import { choosePath, isPaused, legacyEnd } from "#lib/logins/rules.ts";
import type { FallbackReason } from "#lib/logins/schema.ts";
import { closingEvent } from "#lib/logins/try-login.ts";
import type { TryMade } from "#lib/logins/types.ts";
import { verificationOf } from "#lib/logins/verify-person.ts";
import type { PersonStatus } from "#lib/people/schema.ts";
import type { Policy } from "#lib/policies/schema.ts";
import { endOfOpenLogin } from "#lib/recording/close-open-logins.ts";
import type { EventBatch, LoginClosed, LoginOpened, VerificationMade } from "#lib/recording/types.ts";
import type { Conditions } from "./conditions.ts";
import { versionAt } from "./devices.ts";
import type { Dice, Weighted } from "./dice.ts";
import type { SeedPerson } from "./people.ts";
import { makeTry } from "./tries.ts";

/** A person as the ledger holds them while the history is made. */
export type Standing = {
  personId: string | null;
  status: PersonStatus | null;
  bucket: number;
  failuresInARow: number;
  pausedUntil: Date | null;
};

export type World = {
  policy: Policy;
  applicationIds: ReadonlyMap<string, string>;
  conditionsAt(at: Date): Conditions;
  /** How far into the history, 0 to 1. */
  shareAt(at: Date): number;
  until: Date;
};

export type Attempt = { person: SeedPerson; standing: Standing; at: Date; mustFail?: boolean };
export type LoginMade = EventBatch & { endedAt: Date; failed: boolean };

const GATEWAYS: Weighted<string> = [
  ["gateway-1", 1],
  ["gateway-2", 1],
  ["gateway-3", 1],
];
/** Of the logins on the old way: how many are never reported, and how many of the others fail. */
const UNREPORTED_SHARE = 0.025;
const LEGACY_FAILED_SHARE = 0.035;
const LOCKED_OUT_SHARE = 0.18;

/** One login from its opening to its end, with everything that is recorded of it up to the end of the history. */
export function makeLogin(world: World, attempt: Attempt): LoginMade {
  const { person, at } = attempt;
  const opened = openingOf(world, attempt);
  const course = opened.path === "biometric" ? tryUntilEnd(world, attempt, opened) : notTried(at);
  const closed = course.end ?? endWithoutApproval(world, person.dice, opened, course);
  const isOver = closed.at <= world.until;
  return {
    opened: [opened],
    verifications: course.made,
    closed: isOver ? [closed] : [],
    endedAt: closed.at,
    failed: closed.outcome !== "completed_biometric" && course.made.length > 0,
  };
}

function openingOf(world: World, { person, standing, at }: Attempt): LoginOpened {
  const { dice, application, device } = person;
  const { exposurePercent, halted } = world.conditionsAt(at);
  const { personId, status, bucket, pausedUntil, failuresInARow } = standing;
  const known = personId !== null && status !== null;
  const chosen = choosePath({
    halted,
    controlSilent: false,
    candidate: known ? { personId, status, bucket, pausedUntil, failuresInARow } : null,
    withinIntent: bucket < exposurePercent || person.isEarlyAdopter,
    flag: "flag_on",
    now: at,
  });
  const id = newIdAt(at);
  const [channel = "other", second] = application.channels;
  const isTransaction = dice.chance(0.1);
  return {
    id,
    openedAt: timeOfId(id),
    applicationId: world.applicationIds.get(application.name) ?? "",
    personId,
    bucket,
    path: chosen.path,
    reason: chosen.reason,
    exposurePercent,
    purpose: isTransaction ? "transaction" : "login",
    channel: isTransaction && second !== undefined ? second : channel,
    deviceClass: device.class,
    deviceOs: device.os,
    appVersion: versionAt(application, world.shareAt(at)),
    attemptsAllowed: chosen.path === "biometric" ? world.policy.values.attemptsBeforeFallback : 0,
    attemptsUsed: 0,
  };
}

/** How far the tries of a login went. */
type Course = {
  made: VerificationMade[];
  /** The event that ended it; null when it goes on the old way or is left lying. */
  end: LoginClosed | null;
  at: Date;
  left: boolean;
  fallbackReason: FallbackReason;
  lastTry: { outcome: VerificationMade["outcome"]; decision: string } | null;
};

const notTried = (at: Date, fallbackReason: FallbackReason = "none"): Course => {
  return { made: [], end: null, at, left: false, fallbackReason, lastTry: null };
};

function tryUntilEnd(world: World, attempt: Attempt, opened: LoginOpened): Course {
  const { person, standing, at } = attempt;
  const { dice, device } = person;
  if (attempt.mustFail !== true) {
    if (dice.chance(device.cameraTrouble)) {
      const denied = dice.chance(0.55);
      return notTried(at, denied ? "camera_refused" : "camera_missing");
    }
    if (dice.chance(0.009)) return notTried(at, "chose_password");
    if (dice.chance(0.003)) return { ...notTried(at, "not_finished"), left: true };
  }
  const course = notTried(at);
  for (let number = 1; number <= opened.attemptsAllowed; number += 1) {
    course.at = later(course.at, dice.between(3.5, 11));
    if (course.at.getTime() + world.policy.values.apiTimeoutMs > world.until.getTime())
      return { ...course, left: true };
    if (world.conditionsAt(course.at).halted) return { ...course, fallbackReason: "halted" };
    const isOver = tryOnce(world, attempt, number, opened, course);
    if (isOver || isPaused(standing, course.at)) return course;
    if (attempt.mustFail !== true && dice.chance(0.12))
      return { ...course, fallbackReason: "chose_password" };
    if (attempt.mustFail !== true && dice.chance(0.04)) return { ...course, left: true };
  }
  return course;
}

/** Makes one try and adds it to the course; true when the biometric path is over with it. */
function tryOnce(
  world: World,
  attempt: Attempt,
  number: number,
  opened: LoginOpened,
  course: Course,
): boolean {
  const { person, standing } = attempt;
  const { attemptsAllowed } = opened;
  const made = makeTry(person.dice, {
    person,
    policy: world.policy,
    conditions: world.conditionsAt(course.at),
    attempt: number,
    attemptsAllowed,
    hasJustFailed: course.lastTry !== null,
    mustFail: attempt.mustFail === true,
  });
  const at = later(course.at, ((made.apiLatencyMs ?? 0) + 20) / 1000);
  const event = eventOf(world, attempt, opened, made, at);
  const { decision, outcome, fallbackReason, pathEnded } = made.judgement;
  course.made.push(event);
  count(standing, event);
  course.at = at;
  course.lastTry = { outcome, decision };
  course.fallbackReason = fallbackReason;
  if (decision === "approved" || decision === "rejected") {
    const end = decision === "approved" ? "completed_biometric" : "rejected";
    course.end = closingEvent({ opened }, at, {
      outcome: end,
      fallbackReason,
      lockedOut: false,
      attempts: number,
    });
  }
  return pathEnded || decision === "use_legacy";
}

function eventOf(
  world: World,
  { person, standing }: Attempt,
  opened: LoginOpened,
  made: TryMade,
  at: Date,
): VerificationMade {
  const place = {
    id: newIdAt(at),
    openedAt: opened.openedAt,
    loginId: opened.id,
    at,
    source: "gateway",
    actorId: opened.applicationId,
    personId: opened.personId,
    channel: opened.channel,
    deviceClass: opened.deviceClass,
    purpose: opened.purpose,
    exposurePercent: opened.exposurePercent,
    gateway: person.dice.pick(GATEWAYS),
    failuresBefore: standing.failuresInARow,
    feedbackLocale: person.locale,
  } as const;
  const event = verificationOf(place, { policy: world.policy }, made);
  const { pathEnded, decision } = made.judgement;
  const isOver = pathEnded && decision === "use_legacy";
  return isOver ? { ...event, triesUsed: opened.attemptsAllowed } : event;
}

function endWithoutApproval(world: World, dice: Dice, opened: LoginOpened, course: Course): LoginClosed {
  const { path } = opened;
  const attempts = course.made.length;
  const isSilent = course.left || dice.chance(UNREPORTED_SHARE);
  if (isSilent) {
    const open = {
      path,
      attemptsUsed: attempts,
      attemptsAllowed: opened.attemptsAllowed,
      lastTry: course.lastTry,
    };
    const at = later(opened.openedAt, world.policy.values.openLoginMinutes * 60 + dice.between(1, 15));
    return closingEvent({ opened }, at, { ...endOfOpenLogin(open), lockedOut: false, attempts });
  }
  const failed = dice.chance(LEGACY_FAILED_SHARE);
  const facts = {
    outcome: legacyEnd(path, !failed),
    fallbackReason: course.fallbackReason,
    lockedOut: failed && dice.chance(LOCKED_OUT_SHARE),
    attempts,
  };
  return closingEvent({ opened }, later(course.at, dice.between(7, 55)), facts);
}

const later = (at: Date, seconds: number): Date => new Date(Math.round(at.getTime() + seconds * 1000));

const FAILED: ReadonlySet<string> = new Set(["not_matched", "capture_refused", "spoof_suspected"]);

/** What the recording statement does with a person's guards, so that the next login of the history meets them. */
function count(
  standing: Standing,
  { outcome, at, pauseAfterFailures, pauseMinutes }: VerificationMade,
): void {
  if (outcome === "matched") {
    standing.failuresInARow = 0;
    standing.pausedUntil = null;
  }
  if (!FAILED.has(outcome)) return;
  standing.failuresInARow += 1;
  if (pauseAfterFailures === null || standing.failuresInARow < pauseAfterFailures) return;
  standing.pausedUntil = later(at, (pauseMinutes ?? 0) * 60);
}
