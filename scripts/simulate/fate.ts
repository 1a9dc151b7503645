import type { OpenInput } from "#lib/sample/schema.ts";
import type { Dice, Weighted } from "../seed/dice.ts";
import type { Weather } from "./scenarios.ts";

type DeviceClass = OpenInput["deviceClass"];
export type PasswordResult = "in" | "wrong" | "locked";

/** What a login comes to on either way; the gateway's answers decide which way it goes. */
export type Fate = {
  deviceClass: DeviceClass;
  /** The password of somebody who is sent the old way at once. */
  legacy: PasswordResult;
  biometric: {
    /** How many captures show somebody else, before the right face or before they give up. */
    strangers: number;
    showsFace: boolean;
    /** The password of whom biometrics did not let in, for whatever reason. */
    password: PasswordResult;
  };
};

/** Of logins in an ordinary moment, so many do not get in, whichever way they are sent. */
export const BASE_FAILURE = 0.1;
/** Of those who get in, so many are not recognised and take the password, and so many are at the second capture. */
const RESCUED = 0.05;
const SECOND_TRY = 0.06;
/** Of those who do not get in, so many are locked out. */
const LOCKED_OUT = 0.1;
const MOST_STRANGERS = 3;

const DEVICES: Weighted<DeviceClass> = [
  ["phone_android", 52],
  ["phone_ios", 30],
  ["desktop_windows", 14],
  ["desktop_macos", 4],
];

/** The chance whose odds are `odds` times those of `chance`. */
export function withOdds(chance: number, odds: number): number {
  const worse = (odds * chance) / (1 - chance);
  return worse / (1 + worse);
}

/**
 * What becomes of a login in this weather. One roll decides on both ways, so that the same people fail whatever share of them
 * is exposed and only the harm itself is added.
 */
export function fateOf(dice: Dice, { biometricOdds, failureFactor }: Weather): Fate {
  const deviceClass = dice.pick(DEVICES);
  const [roll, luck] = [dice.share(), dice.share()];
  const failure = dice.chance(LOCKED_OUT) ? "locked" : "wrong";
  const givesUpAfter = dice.whole(1, MOST_STRANGERS);
  const base = Math.min(0.9, BASE_FAILURE * failureFactor);
  const legacy = roll < base ? failure : "in";
  const keptOut = { strangers: givesUpAfter, showsFace: false, password: failure } as const;
  if (roll < withOdds(base, biometricOdds)) return { deviceClass, legacy, biometric: keptOut };
  if (luck < RESCUED) return { deviceClass, legacy, biometric: { ...keptOut, password: "in" } };
  const strangers = luck < RESCUED + SECOND_TRY ? 1 : 0;
  return { deviceClass, legacy, biometric: { strangers, showsFace: true, password: "in" } };
}
