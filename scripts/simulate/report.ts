import type { Verdict } from "#lib/rollout-evidence/types.ts";
import { type Counts, deadEndsIn, loginsIn } from "./tally.ts";

/** What happened at a stage: its logins as applications saw them, and what the rule said last. */
export type StageReport = {
  id: string;
  exposurePercent: number;
  seconds: number;
  counts: Counts;
  said: string;
};

const HEAD = [
  "at",
  "plan's time",
  "stage",
  "biometric",
  "fell back",
  "not in",
  "legacy",
  "not in",
  "other",
  "no answer",
];
const WIDTHS = [7, 13, 15, 10, 10, 8, 8, 8, 6, 10];

export const headLine = (): string => lineOf(HEAD, "the rule says");

/** One line of a running simulation: the stage's logins so far, by the way they were sent. */
export function statusLine(elapsedSeconds: number, speed: number, stage: StageReport | null): string {
  const [at, planned] = [clockOf(elapsedSeconds), dayOf(elapsedSeconds * speed)];
  if (stage === null) return lineOf([at, planned, "-"], "");
  return lineOf([at, planned, ...cellsOf(stage)], stage.said);
}

/** The table at the end: one line a stage, with how long it lasted. */
export function summaryLines(stages: readonly StageReport[], speed: number): string[] {
  const line = (stage: StageReport) =>
    lineOf([clockOf(stage.seconds), lengthOf(stage.seconds * speed), ...cellsOf(stage)], stage.said);
  return [lineOf(["lasted", ...HEAD.slice(1)], "the rule said last"), ...stages.map(line)];
}

const cellsOf = ({ exposurePercent, counts }: StageReport): string[] => {
  const { biometric, legacy, other } = counts;
  return [
    stageName(exposurePercent),
    String(biometric.logins),
    shareOf(biometric.fellBack, biometric.logins),
    shareOf(biometric.notIn, biometric.logins),
    String(legacy.logins),
    shareOf(legacy.notIn, legacy.logins),
    String(other.logins),
    String(deadEndsIn(counts)),
  ];
};

const lineOf = (cells: readonly string[], last: string): string =>
  `${WIDTHS.map((width, place) => (cells[place] ?? "").padStart(width)).join("")}  ${last}`.trimEnd();

export const stageName = (exposurePercent: number): string =>
  exposurePercent === 0 ? "early adopters" : `${exposurePercent} %`;

const shareOf = (count: number, of: number): string =>
  of === 0 ? "-" : `${((100 * count) / of).toFixed(1)} %`;

const two = (value: number): string => String(Math.floor(value)).padStart(2, "0");
const clockOf = (seconds: number): string => `${two(seconds / 60)}:${two(seconds % 60)}`;
const dayOf = (seconds: number): string =>
  `day ${Math.floor(seconds / 86_400) + 1} ${two((seconds % 86_400) / 3600)}:${two((seconds % 3600) / 60)}`;
const lengthOf = (seconds: number): string => `${(seconds / 3600).toFixed(1)} h`;

/** What the rule said, in its own words. */
export const saidOf = (verdict: Pick<Verdict, "decision" | "reason"> | undefined): string =>
  verdict === undefined ? "" : `${verdict.decision}: ${verdict.reason}`;

/** What the whole of it came to. */
export function totalLine(total: Counts, seconds: number): string {
  const logins = loginsIn(total);
  const unanswered = [...total.deadEnds].map(([call, times]) => ` (${call}, ${times} times)`).join("");
  return (
    `${logins} logins, ${Math.round((60 * logins) / seconds)} a minute, ${total.verifications} verifications, ` +
    `${deadEndsIn(total)} without an answer${unanswered}.`
  );
}
