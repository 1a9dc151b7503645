import type { VerdictReason } from "#lib/rollout-evidence/schema.ts";
import type { RolloutActEventName } from "./schema.ts";
import type { Composers, RolloutActFacts } from "./types.ts";

type RolloutEvents = RolloutActEventName | "rollout.ready" | "rollout.held" | "rollout.drift";

/** Why the rule did it or does not go on. */
const BECAUSE: Partial<Record<VerdictReason, string>> = {
  security_event: "A false accept was reported.",
  limit_broken: "A limit is broken: fallback or errors of the API.",
  harm: "Logins with biometrics end badly more often than those on the legacy way.",
  proven: "Every gate is proven to be kept.",
  blind: "No logins have come in that could be counted: it is not known how it goes.",
  split_off: "People are not split between the two ways as planned, so that nothing can be compared.",
  double_exposure: "Too many people were seen on both ways, so that nothing can be compared.",
  legacy_unreported: "Too few ends of legacy logins are reported, so that nothing can be compared.",
  signal: "A signal that is watched looks worse than on the legacy way.",
  slice: "One class of device does worse with biometrics than on the legacy way.",
  limit_in_doubt: "Calls to the API are slower than the plan lets them be.",
  overdue:
    "The stage has lasted its longest without proof. Somebody has to choose: extend, widen or roll back.",
};

const percent = (value: number, number: (value: number) => string): string => `${number(value)}\u00a0%`;
const WHO = ({ by, because }: RolloutActFacts): string => {
  if (by !== null) return `A member did it; the account's id is ${by}. The room Rollout has their reason.`;
  return `The rule did it by itself. ${(because && BECAUSE[because]) ?? "The room Rollout has its verdict."}`;
};
const PAGE = "The room Rollout shows the figures it rests on.";

/** What is said of rollouts. */
export const ENGLISH_ROLLOUT: Pick<Composers, RolloutEvents> = {
  "rollout.ready": ({ build, exposurePercent, nextPercent }, { number }) => ({
    subject: `Rollout ${build} is ready for the next stage`,
    lines: [
      `At ${percent(exposurePercent, number)} every gate is proven to be kept. It waits for somebody's word.`,
      ...(nextPercent === null ? [] : [`Next would be ${percent(nextPercent, number)}.`]),
      PAGE,
    ],
  }),
  "rollout.held": ({ build, exposurePercent, reason }, { number }) => ({
    subject: `Rollout ${build} does not go on`,
    lines: [
      `It stays at ${percent(exposurePercent, number)}. ${BECAUSE[reason] ?? ""}`.trimEnd(),
      "Nobody is offered more or less than before. The room Rollout says what to do.",
    ],
  }),
  "rollout.advanced": (facts, { number }) => ({
    subject: `Rollout ${facts.build} went on to ${percent(facts.toPercent, number)}`,
    lines: [`Before, it stood at ${percent(facts.fromPercent, number)}.`, WHO(facts)],
  }),
  "rollout.rolled_back": (facts, { number }) => ({
    subject: `Rollout ${facts.build} was rolled back`,
    lines: [
      `Biometrics were offered to ${percent(facts.fromPercent, number)} of people, and are now to ${percent(facts.toPercent, number)}.`,
      WHO(facts),
      "The room Rollout shows which gateways obey already.",
    ],
  }),
  "rollout.halted": (facts) => ({
    subject: "Biometric login is halted",
    lines: [
      "Everybody logs in the legacy way until somebody ends the halt.",
      WHO(facts),
      "Every page of the console says how many gateways obey.",
    ],
  }),
  "rollout.released": (facts, { number }) => ({
    subject: "The halt of biometric login is over",
    lines: [`Biometrics are offered again as before, at ${percent(facts.toPercent, number)}.`, WHO(facts)],
  }),
  "rollout.drift": ({ since, widens }, { time }) => ({
    subject: "The flag in Unleash is not what was asked of it",
    lines: [
      `Somebody changed it outside of Gatehouse; it was seen on ${time(since)}.`,
      widens
        ? "It would offer biometrics to more people. Nobody is: a gateway offers them only where Unleash and Gatehouse agree."
        : "Fewer people are offered biometrics than was asked for.",
      "The room Rollout shows both sides, to adopt or to revert.",
    ],
  }),
};
