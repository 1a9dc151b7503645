import { newIdAt } from "#lib/ids.ts";
import { isPaused } from "#lib/logins/rules.ts";
import type { FallbackReason } from "#lib/logins/schema.ts";
import { closingEvent } from "#lib/logins/try-login.ts";
import type { TryMade } from "#lib/logins/types.ts";
import { verificationOf } from "#lib/logins/verify-person.ts";
import type { PersonStatus } from "#lib/people/schema.ts";
import type { Policy } from "#lib/policies/schema.ts";
import type { LoginClosed, LoginOpened, VerificationMade } from "#lib/recording/types.ts";
import type { Conditions } from "./conditions.ts";
import type { Weighted } from "./dice.ts";
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

export type Attempt = {
  person: SeedPerson;
  standing: Standing;
  at: Date /** True where every try has to fail, so that somebody is paused now. */;
  mustFail: boolean;
};

const GATEWAYS: Weighted<string> = [
  ["gateway-1", 1],
  ["gateway-2", 1],
  ["gateway-3", 1],
];

/** How far the tries of a login went. */
export type Course = {
  made: VerificationMade[];
  /** The event that ended it; null when it goes on the old way or is left lying. */
  end: LoginClosed | null;
  at: Date;
  left: boolean;
  fallbackReason: FallbackReason;
  lastTry: { outcome: VerificationMade["outcome"]; decision: string } | null;
};

/** A course without a try. */
export const notTried = (at: Date, fallbackReason: FallbackReason = "none"): Course => {
  return { made: [], end: null, at, left: false, fallbackReason, lastTry: null };
};

/** Goes on as a person would: camera or none, one try after another, until one lets them in or they give up. */
export function tryUntilEnd(world: World, attempt: Attempt, opened: LoginOpened): Course {
  const { person, standing, at } = attempt;
  const { dice, device } = person;
  if (!attempt.mustFail) {
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
    if (!attempt.mustFail && dice.chance(0.09)) return { ...course, fallbackReason: "chose_password" };
    if (!attempt.mustFail && dice.chance(0.04)) return { ...course, left: true };
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
    mustFail: attempt.mustFail,
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

/** A moment some seconds after another, in whole milliseconds. */
export const later = (at: Date, seconds: number): Date => new Date(Math.round(at.getTime() + seconds * 1000));

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
