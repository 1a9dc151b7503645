import type { PlannedStage, RolloutPlan } from "#lib/rollout/schema.ts";
import type { ComparedMetric } from "#lib/rollout-evidence/schema.ts";

/** A stage as it is being written: numbers stay as they were typed until the plan is sent. */
export type StageDraft = {
  /** Stays with the row while others come and go. */
  key: number;
  exposurePercent: string;
  minDwellHours: string;
  spansWeekend: boolean;
  maxDwellDays: string;
  minPeople: string;
  /** Empty: nothing is compared. */
  margin: string;
  harmOnly: ComparedMetric[];
  advances: PlannedStage["advances"];
};

export const LIMIT_FIELDS = [
  "fallbackPercent",
  "apiErrorPercent",
  "slowCallPercent",
  "slowCallMs",
  "slowLoginSeconds",
] as const satisfies readonly (keyof RolloutPlan["limits"])[];
export const TIME_FIELDS = ["coolDownMinutes", "sliceMinutes", "outcomeMinutes"] as const;

export type PlanDraft = {
  stages: StageDraft[];
  limits: Record<(typeof LIMIT_FIELDS)[number], string>;
  times: Record<(typeof TIME_FIELDS)[number], string>;
  quietHours: { from: string; to: string };
};

let keys = 0;
const nextKey = () => {
  keys += 1;
  return keys;
};

/** A plan as it is written in a language: with a comma or a point. */
export function draftOf(plan: RolloutPlan, write: (value: number) => string): PlanDraft {
  return {
    stages: plan.stages.map((stage) => ({
      key: nextKey(),
      exposurePercent: write(stage.exposurePercent),
      minDwellHours: write(stage.minDwellHours),
      spansWeekend: stage.spansWeekend,
      maxDwellDays: write(stage.maxDwellDays),
      minPeople: write(stage.minPeople),
      margin: stage.margin === null ? "" : write(stage.margin),
      harmOnly: stage.harmOnly,
      advances: stage.advances,
    })),
    limits: mapOf(LIMIT_FIELDS, (field) => write(plan.limits[field])),
    times: mapOf(TIME_FIELDS, (field) => write(plan[field])),
    quietHours: { from: write(plan.quietHours.from), to: write(plan.quietHours.to) },
  };
}

const mapOf = <Key extends string, Value>(keys: readonly Key[], of: (key: Key) => Value) =>
  Object.fromEntries(keys.map((key) => [key, of(key)])) as Record<Key, Value>;

/** What was typed as a number, with a comma or a point; null where it is none. */
export function numberIn(text: string): number | null {
  const plain = text.trim().replace(",", ".");
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : null;
}

/** The draft as the plan that is sent; what is no number is sent as null and comes back as an error in its place. */
export function planIn({ stages, limits, times, quietHours }: PlanDraft): unknown {
  return {
    stages: stages.map(({ key: _, margin, ...stage }) => ({
      ...stage,
      exposurePercent: numberIn(stage.exposurePercent),
      minDwellHours: numberIn(stage.minDwellHours),
      maxDwellDays: numberIn(stage.maxDwellDays),
      minPeople: numberIn(stage.minPeople),
      // What is no number must not pass for "nothing is compared".
      margin: margin.trim() === "" ? null : (numberIn(margin) ?? margin),
    })),
    limits: mapOf(LIMIT_FIELDS, (field) => numberIn(limits[field])),
    ...mapOf(TIME_FIELDS, (field) => numberIn(times[field])),
    quietHours: { from: numberIn(quietHours.from), to: numberIn(quietHours.to) },
  };
}

/** Another stage after the last: half of the way to everybody. */
export function stageAfter(stages: readonly StageDraft[]): StageDraft {
  const last = stages.at(-1);
  const percent = numberIn(last?.exposurePercent ?? "0") ?? 0;
  const base = last ?? EMPTY;
  return { ...base, key: nextKey(), exposurePercent: String(Math.min(100, Math.ceil((percent + 100) / 2))) };
}

const EMPTY: StageDraft = {
  ...{ key: 0, exposurePercent: "0", minDwellHours: "24", spansWeekend: false, maxDwellDays: "14" },
  ...{ minPeople: "0", margin: "", harmOnly: [], advances: "asks" },
};

/** Errors as the server tells them, by their place in the plan: `stages.2.margin` to its code and limit. */
export function errorsByPlace(errors: readonly string[]): Map<string, { code: string; limit: string }> {
  return new Map(
    errors.map((error) => {
      const [place = "", code = "", limit = ""] = error.split(" ");
      return [place, { code, limit }];
    }),
  );
}
