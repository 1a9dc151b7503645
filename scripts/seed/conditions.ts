import { atHour, type LocalDay } from "./local-days.ts";

/** How the API was, as its callers saw it. */
export type ApiState = "fine" | "timing_out" | "circuit_open" | "failing";

/** What held for everybody at one moment. */
export type Conditions = {
  exposurePercent: number;
  halted: boolean;
  api: ApiState;
  /** 1 for a usual moment. */
  latencyFactor: number;
  /** 1 for a usual moment; a little more while a stage is new to most of its people. */
  failureFactor: number;
};

export type Span = { from: Date; until: Date };

/** How the rollout went: its percentages and the share of the time spent at each. 0 is the early adopters alone. */
const LADDER: readonly (readonly [exposurePercent: number, share: number])[] = [
  [0, 0.15],
  [1, 0.15],
  [5, 0.2],
  [25, 0.25],
  [50, 0.15],
  [100, 0.1],
];

/** Where the ladder ends when nobody is exposed yet: a history that never went anywhere would show nothing. */
const USUAL_END = 25;

type Stage = { exposurePercent: number; since: Date };
type Incident = Span & Partial<Omit<Conditions, "exposurePercent">>;

export type History = { stages: readonly Stage[]; incidents: readonly Incident[] };

/** Plans the stages up to the percentage in force now, and what went wrong on the way. */
export function planHistory(days: readonly LocalDay[], span: Span, exposurePercent: number): History {
  const end = exposurePercent === 0 ? USUAL_END : exposurePercent;
  const rungs = LADDER.filter(([percent]) => percent < end);
  const last = LADDER.find(([percent]) => percent >= end)?.[1] ?? 0.1;
  const ladder = [...rungs, [end, last] as const];
  const total = ladder.reduce((sum, [, share]) => sum + share, 0);
  let spent = 0;
  const stages = ladder.map(([percent, share], index): Stage => {
    const since = index === 0 ? span.from : atHour(dayAt(days, spent / total), 10);
    spent += share;
    return { exposurePercent: percent, since };
  });
  return { stages, incidents: incidentsOf(days, span.until) };
}

function dayAt(days: readonly LocalDay[], share: number): LocalDay {
  const day = days[Math.min(days.length - 1, Math.floor(share * days.length))];
  if (day === undefined) throw new Error("A history has at least one day.");
  return day;
}

const lasting = (from: Date, minutes: number): Span => {
  return { from, until: new Date(from.getTime() + minutes * 60_000) };
};

/** One bad hour of the API, one halt, one slow evening, and a few minutes of errors within the last day. */
function incidentsOf(days: readonly LocalDay[], until: Date): Incident[] {
  const badHour = atHour(dayAt(days, 0.93), 14 + 1 / 6);
  const errors = new Date(until.getTime() - 9 * 3_600_000);
  return [
    { ...lasting(badHour, 55), api: "circuit_open" },
    // The first calls hang until the circuit has seen enough of them.
    { ...lasting(badHour, 7), api: "timing_out" },
    { ...lasting(atHour(dayAt(days, 0.96), 10 + 2 / 3), 22), halted: true },
    { ...lasting(atHour(dayAt(days, 0.8), 19.5), 180), latencyFactor: 1.7 },
    { ...lasting(errors, 12), api: "failing" },
  ];
}

/** A day in which a stage is new, its people fail a little more often. */
const NEW_FOR_MS = 86_400_000;
const USUAL: Omit<Conditions, "exposurePercent"> = {
  halted: false,
  api: "fine",
  latencyFactor: 1,
  failureFactor: 1,
};

/** What held at a moment of the history; of two incidents at once the one named later shows. */
export function conditionsAt({ stages, incidents }: History, at: Date): Conditions {
  const stage = stages.findLast(({ since }) => since <= at) ?? stages[0];
  const isNew = stage !== undefined && at.getTime() - stage.since.getTime() < NEW_FOR_MS;
  const conditions: Conditions = {
    ...USUAL,
    exposurePercent: stage?.exposurePercent ?? 0,
    failureFactor: isNew ? 1.25 : 1,
  };
  for (const { from, until, ...what } of incidents)
    if (from <= at && at < until) Object.assign(conditions, what);
  return conditions;
}
