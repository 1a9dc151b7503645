import type { Locale } from "#lib/i18n/locales.ts";
import type { FingerNumber } from "#lib/multibiometrics/types.ts";
import type { LegalBasis } from "#lib/people/schema.ts";
import type { Span } from "./conditions.ts";
import { pickApplication, type SeedApplication, type SeedDevice } from "./devices.ts";
import { type Dice, takeDice, type Weighted } from "./dice.ts";

/**
 * How the enrolment went. `echo`: the answer was lost and the second attempt found it done, so the BioPassID is
 * unknown. `lost`: nobody knows whether it took effect, so the person is pending. `never`: not enrolled.
 */
export type SeedEnrolment = "plain" | "echo" | "lost" | "never";

/** A made-up person, and how they are. */
export type SeedPerson = {
  /** Their place in the seed, from 1. */
  number: number;
  customId: string;
  application: SeedApplication;
  device: SeedDevice;
  face: boolean;
  fingers: FingerNumber[];
  legalBasis: LegalBasis;
  /** The language their application talks to them in. */
  locale: Locale;
  enrolment: SeedEnrolment;
  enrolsAt: Date;
  /** When more was captured, if ever. */
  recapturesAt: Date | null;
  loginsPerDay: number;
  /** How often a try of theirs fails, against the average. */
  failureFactor: number;
  isEarlyAdopter: boolean;
  dice: Dice;
};

const BASES: Weighted<LegalBasis> = [
  ["lgpd_11_i_consent", 62],
  ["lgpd_11_ii_g_fraud_prevention", 30],
  ["lgpd_11_ii_d_exercise_of_rights", 3],
  ["gdpr_9_2_a_consent", 5],
];

const ENROLMENTS: Weighted<SeedEnrolment> = [
  ["plain", 976],
  ["echo", 14],
  ["lost", 10],
];

const HANDS: Weighted<FingerNumber[]> = [
  [[2, 7], 45],
  [[1, 2, 6, 7], 25],
  [[2], 12],
  [[1, 2, 3, 4, 6, 7, 8, 9], 10],
  [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 8],
];

/** Failed logins per successful one differ a lot between people; a few have trouble nearly every time. */
const FAILURES: Weighted<number> = [
  [0.5, 40],
  [0.9, 38],
  [1.8, 20.6],
  [7, 1.4],
];

/** One in fifty was asked first; they also use it more. */
const EARLY_ADOPTERS = 50;
/** Beside those who enrol, people who never did and come in the old way. */
const STRANGERS_SHARE = 0.05;

/** Every person of the seed, one after the other; the same for the same seed. */
export function* makePeople(seed: number, count: number, span: Span): Generator<SeedPerson> {
  for (let number = 1; number <= count; number += 1) yield makePerson(seed, number, span);
  const strangers = Math.ceil(count * STRANGERS_SHARE);
  for (let number = 1; number <= strangers; number += 1) {
    const person = makePerson(seed, 900_000 + number, span);
    yield { ...person, enrolment: "never", isEarlyAdopter: false, loginsPerDay: person.loginsPerDay * 0.8 };
  }
}

function makePerson(seed: number, number: number, span: Span): SeedPerson {
  const dice = takeDice(seed, number);
  const application = pickApplication(dice);
  const holds = dice.pick([
    ["face", 60],
    ["both", 33],
    ["fingers", 7],
  ]);
  const isEarlyAdopter = number % EARLY_ADOPTERS === 1;
  const { enrolsAt, recapturesAt } = momentsOf(dice, span, isEarlyAdopter);
  return {
    number,
    customId: `sample-${String(number).padStart(6, "0")}`,
    application,
    device: dice.pick(application.devices),
    face: holds !== "fingers",
    fingers: holds === "face" ? [] : dice.pick(HANDS),
    legalBasis: dice.pick(BASES),
    locale: dice.chance(0.9) ? "pt-BR" : "en",
    enrolment: isEarlyAdopter ? "plain" : dice.pick(ENROLMENTS),
    enrolsAt,
    recapturesAt,
    loginsPerDay: isEarlyAdopter
      ? dice.between(0.9, 1.8)
      : Math.min(2.5, 0.75 * Math.exp(0.55 * dice.normal())),
    failureFactor: dice.pick(FAILURES),
    isEarlyAdopter,
    dice,
  };
}

/** A third enrolled as soon as they were asked, the others over the time; one in sixty was captured once more. */
function momentsOf(dice: Dice, { from, until }: Span, isEarlyAdopter: boolean) {
  const length = until.getTime() - from.getTime();
  const share = isEarlyAdopter
    ? dice.between(0, 0.02)
    : dice.chance(0.34)
      ? dice.between(0, 0.05)
      : dice.share() ** 1.4;
  const enrolsAt = new Date(Math.floor(from.getTime() + share * 0.995 * length));
  const later = Math.floor(dice.between(enrolsAt.getTime() + 60_000, until.getTime()));
  const recaptures = dice.chance(1 / 60) && later < until.getTime() - 60_000;
  return { enrolsAt, recapturesAt: recaptures ? new Date(later) : null };
}
