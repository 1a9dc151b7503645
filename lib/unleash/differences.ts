import { BIOMETRIC_LOGIN_FLAG } from "#lib/rollout/schema.ts";
import { GRADUAL, SEGMENT_STRATEGY } from "./live-flag.ts";
import type { Difference, LiveFlag, LiveStrategy, WantedFlagState } from "./types.ts";

/** Where the flag as Unleash has it is not as it was asked for. `null`: Unleash has no such flag. Empty: they agree. */
export function differencesOf(live: LiveFlag | null, wanted: WantedFlagState): Difference[] {
  if (live === null) return [difference("flag_missing", "", BIOMETRIC_LOGIN_FLAG, false)];
  const gradual = live.strategies.filter(({ title }) => title === GRADUAL);
  const cohort = live.strategies.filter(({ title }) => title === SEGMENT_STRATEGY);
  const foreign = live.strategies.filter(({ title }) => title !== GRADUAL && title !== SEGMENT_STRATEGY);
  return [
    ...ofSwitches(live, wanted),
    ...ofGradual(gradual, wanted.exposurePercent),
    ...ofCohort(cohort, live.cohortSegments),
    ...foreign.map((one) => difference("foreign_strategy", nameOf(one), "", !one.isDisabled)),
    ...[...gradual, ...cohort].flatMap(ofKeeping),
  ];
}

function ofSwitches(live: LiveFlag, { isOn }: WantedFlagState): Difference[] {
  const found: Difference[] = [];
  if (live.isOn && !isOn) found.push(difference("switched_on", "on", "off", true));
  if (!live.isOn && isOn) found.push(difference("switched_off", "off", "on", false));
  if (!live.hasMaster) found.push(difference("master_missing", "", "", false));
  else if (!live.masterIsOn) found.push(difference("master_off", "off", "on", false));
  return found;
}

function ofGradual(found: readonly LiveStrategy[], wanted: number): Difference[] {
  const [gradual, ...more] = found;
  if (gradual === undefined) return [difference("gradual_missing", "", String(wanted), false)];
  if (more.length > 0) return [difference("gradual_twice", String(found.length), "1", true)];
  const { percent, percentText } = gradual;
  if (percent === null) return [difference("percent_unreadable", percentText, String(wanted), true)];
  if (percent === wanted) return [];
  const code = percent > wanted ? "percent_higher" : "percent_lower";
  return [difference(code, String(percent), String(wanted), percent > wanted)];
}

/** Without its segment the strategy of the early adopters would be everybody's. */
function ofCohort([cohort, ...more]: readonly LiveStrategy[], segments: readonly number[]): Difference[] {
  if (cohort === undefined) return [difference("cohort_missing", "", SEGMENT_STRATEGY, false)];
  const isOurs = cohort.segments.length === 1 && cohort.segments.every((id) => segments.includes(id));
  if (isOurs && more.length === 0) return [];
  return [difference("foreign_strategy", nameOf(more[0] ?? cohort), SEGMENT_STRATEGY, true)];
}

/** What no strategy of ours may lose: its kind, its buckets, and that nothing else narrows it. */
function ofKeeping(one: LiveStrategy): Difference[] {
  const found: Difference[] = [];
  if (one.isDisabled) found.push(difference("strategy_disabled", one.title, "", false));
  const { name, groupId, stickiness } = one;
  const bucketing = [name, groupId, stickiness].join(", ");
  const wanted = ["flexibleRollout", BIOMETRIC_LOGIN_FLAG, "loginKey"].join(", ");
  if (bucketing !== wanted) found.push(difference("bucketing_changed", bucketing, wanted, true));
  if (one.constraints > 0) found.push(difference("constraint_added", one.title, "", false));
  if (one.title === GRADUAL && one.segments.length > 0)
    found.push(difference("constraint_added", one.title, "", false));
  return found;
}

const nameOf = ({ title, name, percentText }: LiveStrategy): string =>
  [title || name, percentText && `${percentText} %`].filter(Boolean).join(", ");

const difference = (code: Difference["code"], live: string, wanted: string, widens: boolean): Difference => ({
  code,
  live,
  wanted,
  widens,
});
