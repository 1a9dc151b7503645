import { newIdAt, timeOfId } from "#lib/ids.ts";
import { choosePath, legacyEnd } from "#lib/logins/rules.ts";
import { closingEvent } from "#lib/logins/try-login.ts";
import { endOfOpenLogin } from "#lib/recording/close-open-logins.ts";
import type { EventBatch, LoginClosed, LoginOpened } from "#lib/recording/types.ts";
import { type Attempt, type Course, later, notTried, tryUntilEnd, type World } from "./course.ts";
import { versionAt } from "./devices.ts";
import type { Dice } from "./dice.ts";

export type LoginMade = EventBatch & { endedAt: Date; failed: boolean };

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
    circuitHeld: false,
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
