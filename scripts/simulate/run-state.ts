import type { Course } from "./course.ts";
import { type StageReport, saidOf } from "./report.ts";
import { isOver, isStruck, type Scenario, type Weather, weatherAt } from "./scenarios.ts";
import type { Sight } from "./sight.ts";
import { type Counts, deadEndsIn, noCounts, sumOf } from "./tally.ts";

type Lived = {
  id: string;
  exposurePercent: number;
  fromMs: number;
  untilMs: number;
  said: string;
  counts: Counts;
};

/** What a running simulation remembers: when it was struck, and each stage with its logins. */
export type RunState = {
  /** Takes in how the rollout stands now. */
  note(sight: Sight, nowMs: number): void;
  weather(nowMs: number): Weather;
  /** The stage that logins begin at now, by its number from 1, 0 before the first; and where they are counted. */
  present(): { number: number; counts: Counts };
  total(): Counts;
  course(nowMs: number): Course;
  /** The stages so far, the present one last. */
  stages(): StageReport[];
};

export function startRun(scenario: Scenario): RunState {
  const before = noCounts();
  const lived: Lived[] = [];
  let struckAtMs: number | null = null;
  let latest: Sight | null = null;
  let reason: { is: Course["reason"]; sinceMs: number } = { is: null, sinceMs: 0 };
  const secondsSince = (nowMs: number) => (struckAtMs === null ? null : (nowMs - struckAtMs) / 1000);
  const total = () => sumOf([before, ...lived.map(({ counts }) => counts)]);

  return {
    note(sight, nowMs) {
      latest = sight;
      const { stage, verdict } = sight;
      const says = verdict?.verdict.reason ?? null;
      if (reason.is !== says) reason = { is: says, sinceMs: nowMs };
      if (stage === null) return;
      const { id, exposurePercent } = stage;
      if (lived.at(-1)?.id !== id)
        lived.push({ id, exposurePercent, fromMs: nowMs, untilMs: nowMs, said: "", counts: noCounts() });
      const present = lived.at(-1);
      if (present === undefined) return;
      if (stage.isOpen) present.untilMs = nowMs;
      present.said = saidOf(verdict?.verdict);
      const seconds = (nowMs - present.fromMs) / 1000;
      if (struckAtMs === null && isStruck(scenario, { exposurePercent, seconds })) struckAtMs = nowMs;
    },
    weather: (nowMs) => weatherAt(scenario, secondsSince(nowMs)),
    present: () => ({ number: lived.length, counts: lived.at(-1)?.counts ?? before }),
    total,
    course(nowMs) {
      const since = secondsSince(nowMs);
      return {
        state: latest?.state ?? "planned",
        highestPercent: Math.max(0, ...lived.map(({ exposurePercent }) => exposurePercent)),
        reason: reason.is,
        reasonForSeconds: (nowMs - reason.sinceMs) / 1000,
        hasStruck: since !== null,
        strikeIsOver: since !== null && isOver(scenario, since),
        deadEnds: deadEndsIn(total()),
      };
    },
    stages: () =>
      lived.map(({ id, exposurePercent, fromMs, untilMs, counts, said }) => ({
        ...{ id, exposurePercent, counts, said },
        seconds: (untilMs - fromMs) / 1000,
      })),
  };
}
