import type { RolloutFacts } from "#lib/audit/types.ts";
import { differenceOf } from "#lib/rollout/intend-change.ts";
import type { Standing, Wish } from "#lib/rollout/types.ts";
import type { BucketCount, Expected, Offer, Offers, PeopleByBucket, Reach, Traffic } from "./types.ts";

/** Whether Unleash and the gateways would offer these people the path: the SDK's own bucket, from 0, below the percentage. */
const isOnPath = ({ halted, exposurePercent }: RolloutFacts, bucket: number): boolean =>
  !halted && bucket < exposurePercent;

const countOnPath = (facts: RolloutFacts, { bucket, people, adopters }: BucketCount): number => {
  if (isOnPath(facts, bucket)) return people;
  return facts.offersEarlyAdopters && !facts.halted ? adopters : 0;
};

/**
 * Who gains the path, loses it and keeps it, among enrolled people who are not blocked. Nobody who keeps it changes sides
 * on the way: buckets are the same for every percentage, so a larger one holds all of a smaller one. Estimates are told
 * to three digits.
 */
export function reachOf(
  { buckets, isEstimate }: PeopleByBucket,
  before: RolloutFacts,
  after: RolloutFacts,
): Reach {
  const reach = { gain: 0, lose: 0, stay: 0, before: 0, after: 0, of: 0 };
  for (const one of buckets) {
    const [old, now] = [countOnPath(before, one), countOnPath(after, one)];
    reach.before += old;
    reach.after += now;
    reach.of += one.people;
    // In one bucket those who are on the path under both are the smaller group: adopters, or everybody.
    reach.stay += Math.min(old, now);
    reach.gain += Math.max(0, now - old);
    reach.lose += Math.max(0, old - now);
  }
  if (!isEstimate) return { ...reach, estimated: "none" };
  const of = toThreeDigits(reach.of);
  if (before.exposurePercent === 0 && after.exposurePercent === 0)
    return { ...reach, of, estimated: "total" };
  const { gain, lose, stay } = reach;
  return {
    ...{ gain: toThreeDigits(gain), lose: toThreeDigits(lose), stay: toThreeDigits(stay), of },
    ...{ before: toThreeDigits(reach.before), after: toThreeDigits(reach.after) },
    estimated: "all",
  };
}

const toThreeDigits = (count: number): number => Number(count.toPrecision(3));

/** What a day would bring with so many people on the path; null where there is nothing to expect it from. */
export function expectedOf(reach: Reach, traffic: Traffic | null): Expected | null {
  if (traffic === null || reach.of === 0) return null;
  const { eligible, fallback, callsPerLogin } = traffic;
  const offered = (people: number) => (eligible * people) / reach.of;
  const [before, after] = [offered(reach.before), offered(reach.after)];
  const middle = fallback && (fallback.low + fallback.high) / 2;
  return {
    offered: [Math.round(before), Math.round(after)],
    fallbacks:
      fallback === null
        ? null
        : [
            Math.round(before * (middle ?? 0)),
            Math.floor(after * fallback.low),
            Math.ceil(after * fallback.high),
          ],
    calls: [Math.round(before * callsPerLogin), Math.round(after * callsPerLogin)],
  };
}

/** Everything that could be done of a rollout now, each with what it would change and the digest it is approved by. */
export function offersOf(standing: Standing, people: PeopleByBucket, traffic: Traffic | null): Offers {
  const offer = (wish: Wish): Offer => {
    const found = differenceOf(standing, wish);
    if (typeof found === "string") return { ok: false, code: found };
    const reach = reachOf(people, found.difference.before, found.difference.after);
    return { ok: true, ...found, reach, expected: expectedOf(reach, traffic) };
  };
  const place = standing.rollout?.stage?.place ?? 0;
  const back = Array.from({ length: place }, (_, distance) => {
    const to = place - 1 - distance;
    return { to, offer: offer({ kind: "roll_back", to }) };
  });
  return {
    start: offer({ kind: "start" }),
    advance: offer({ kind: "advance" }),
    hold: offer({ kind: "hold" }),
    resume: offer({ kind: "resume" }),
    finish: offer({ kind: "finish" }),
    off: offer({ kind: "roll_back", to: null }),
    back,
  };
}
