"use client";

import { ChartFrame } from "./chart-frame.tsx";
import {
  axisEnd,
  bandPath,
  depthOf,
  dotPath,
  linePath,
  middleOf,
  runsOf,
  spread,
  WIDTH,
} from "./geometry.ts";
import { type EndLabel, Plot } from "./plot.tsx";
import type { ChartProps, Limit, Series, Unit, Value } from "./types.ts";

type LineChartProps<Key extends string> = ChartProps<Key> & {
  unit: Unit;
  /** What the last step is called: "today". */
  present: string;
  limit?: Limit;
};

/**
 * Values over time: a line per series, with its 95 % band where it stands alone, broken where a stage begins or nothing is
 * known; the last value and a limit are named at the right.
 */
export function LineChart<Key extends string>({ unit, present, limit, ...frame }: LineChartProps<Key>) {
  return (
    <ChartFrame {...frame}>
      {(shown) => <Lines {...frame} series={shown} unit={unit} present={present} {...(limit && { limit })} />}
    </ChartFrame>
  );
}

function Lines<Key extends string>(props: LineChartProps<Key>) {
  const { series, marks, limit, present } = props;
  const known = series.flatMap((one) => valuesOf(props, one));
  const most = known.map((value) => (series.length === 1 ? value?.high : undefined) ?? value?.value ?? 0);
  const end = axisEnd(Math.max(limit?.value ?? 0, ...most));
  const ends = endsOf(props, end);
  return (
    <>
      <Plot {...props} end={end} ends={ends}>
        {(pointed) => (
          <>
            {series.map((one) => (
              <Line
                key={one.key}
                series={one}
                values={valuesOf(props, one)}
                end={end}
                marks={marks}
                hasBand={series.length === 1}
              />
            ))}
            {limit ? <path className="c-thr" d={`M0 ${depthOf(limit.value, end)}H${WIDTH}`} /> : null}
            {series.map((one) => (
              <LastDot key={one.key} series={one} values={valuesOf(props, one)} end={end} pointed={pointed} />
            ))}
          </>
        )}
      </Plot>
      <p className="plot-note">
        {series.map((one) => lastTextOf(valuesOf(props, one), one, present, series.length)).join(" · ")}
        {limit ? ` · ${limit.text}` : null}
      </p>
    </>
  );
}

type Drawn = Value & { value: number };
type Values = readonly (Drawn | null)[];

const isDrawn = (value: Value | null): value is Drawn => value !== null && value.value !== null;

function valuesOf<Key extends string>(
  { steps }: Pick<ChartProps<Key>, "steps">,
  { key }: Series<Key>,
): Values {
  return steps.map(({ values }) => (isDrawn(values[key]) ? values[key] : null));
}

type LineProps = {
  series: Series<string>;
  values: Values;
  end: number;
  marks: ChartProps<string>["marks"];
  /** Several bands over one another cannot be told apart: a line has its own where it stands alone. */
  hasBand: boolean;
};

function Line({ series, values, end, marks, hasBand }: LineProps) {
  const at = (step: number, value: number) => ({ x: middleOf(step, values.length), y: depthOf(value, end) });
  const runs = runsOf(
    values.map((value) => value !== null),
    marks.stages.map(({ place }) => place),
  );
  const pointsOf = (run: number[], which: "value" | "low" | "high") =>
    run.flatMap((step) => {
      const value = values[step];
      return value ? [at(step, value[which] ?? value.value)] : [];
    });
  return (
    <>
      {hasBand && values.some((value) => value?.high !== undefined)
        ? runs.map((run) => (
            <path key={run[0]} className="c-band" d={bandPath(pointsOf(run, "high"), pointsOf(run, "low"))} />
          ))
        : null}
      {runs.map((run) => (
        <path
          key={run[0]}
          className={series.isQuiet ? "c-line quiet" : "c-line"}
          stroke={series.colour}
          d={linePath(pointsOf(run, "value"))}
        />
      ))}
      {series.isQuiet
        ? null
        : runs
            .flat()
            .map((step) => (
              <path
                key={step}
                className="c-point"
                stroke={series.colour}
                d={dotPath(at(step, values[step]?.value ?? 0))}
              />
            ))}
    </>
  );
}

type LastDotProps = Omit<LineProps, "marks" | "hasBand"> & { pointed: number | null };

/** The last value stands out, and so does the one under the pointer. */
function LastDot({ series, values, end, pointed }: LastDotProps) {
  const last = values.findLastIndex((value) => value !== null);
  return [...new Set([last, pointed])].map((step) => {
    const value = step === null ? null : values[step];
    if (step === null || !value) return null;
    const dot = dotPath({ x: middleOf(step, values.length), y: depthOf(value.value, end) });
    return (
      <g key={step}>
        <path className="c-point ring" d={dot} />
        <path className="c-point now" stroke={series.colour} d={dot} />
      </g>
    );
  });
}

function endsOf<Key extends string>(props: LineChartProps<Key>, end: number): EndLabel[] {
  const { series, limit, present } = props;
  const labels = series.flatMap((one): EndLabel[] => {
    const values = valuesOf(props, one);
    const last = values.findLast((value) => value !== null);
    if (!last) return [];
    const note = noteOf(values, one, present, series.length);
    return [
      { key: one.key, depth: depthOf(last.value, end), text: <LastValue text={last.text} note={note} /> },
    ];
  });
  if (limit) labels.push({ key: "limit", depth: depthOf(limit.value, end), text: limit.text });
  const depths = spread(labels.map(({ depth }) => depth));
  return labels.map((label, place) => ({ ...label, depth: depths[place] ?? label.depth }));
}

const LastValue = ({ text, note }: { text: string; note: string }) => (
  <>
    <b>{text}</b> {note}
  </>
);

/** Several lines are told apart by their names; one alone by the time of its last value, where that is now. */
function noteOf(values: Values, { name }: Series<string>, present: string, lines: number): string {
  if (lines > 1) return name;
  return values.at(-1) ? present : "";
}

function lastTextOf(values: Values, series: Series<string>, present: string, lines: number): string {
  const last = values.findLast((value) => value !== null);
  return last ? `${last.text} ${noteOf(values, series, present, lines)}` : "";
}
