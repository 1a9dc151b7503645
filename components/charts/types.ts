import type { ReactNode } from "react";

/** What one point is drawn at, and how it is written. */
export type Value = {
  /** Null where there is only a count to tell, too small for a rate: the line has a gap, the table has the count. */
  value: number | null;
  /** The ends of its 95 % interval. */
  low?: number;
  high?: number;
  text: string;
  /** The interval in words. */
  interval?: string;
  /** What it rests on: "221 of 3,214". */
  base?: string;
  /** Where what is behind it can be seen; from the table, as a picture has no links. */
  href?: string;
};

/** One step of time. */
export type Step<Key extends string> = {
  key: string;
  /** On the axis. */
  tick: string;
  /** In full, in table and tooltip. */
  name: string;
  /** Where what is behind the whole step can be seen: a click on the picture leads there, and its name in the table. */
  href?: string;
  /** Null where it is not known or not told; the line has a gap there. */
  values: Record<Key, Value | null>;
};

/** A moment marked on the chart, in steps from its start: a stage parts the line, a change of rules only stands there. */
export type Mark = { place: number; name: string };
export type Marks = { stages: readonly Mark[]; changes: readonly Mark[] };

export type Series<Key extends string> = {
  key: Key;
  name: string;
  colour: string;
  /** Drawn thinner and dashed, beside the one that matters. */
  isQuiet?: boolean;
};

/** A post the values are held against; only where somebody set one. */
export type Limit = { value: number; text: string };

/** How the numbers at the axis are to be read; the chart's subtitle names the unit once. */
export type Unit = "percent" | "count" | "ms";

/** What every chart is told. */
export type ChartProps<Key extends string> = {
  title: ReactNode;
  about: string;
  /** Links at the end of the head line, before the way to the table. */
  end?: ReactNode;
  /** The chart in one sentence, for those who cannot see it. */
  text: string;
  /** What a row of the table is: a day or an hour. */
  stepName: string;
  series: readonly Series<Key>[];
  steps: readonly Step<Key>[];
  marks: Marks;
};
