"use client";

import { useLocale } from "next-intl";
import { ChartFrame } from "./chart-frame.tsx";
import { axisEnd, depthOf, HEIGHT, middleOf, WIDTH } from "./geometry.ts";
import { Plot } from "./plot.tsx";
import type { ChartProps, Step } from "./types.ts";

type StackedBarsProps<Key extends string> = ChartProps<Key> & { totalHead: string };

/** How much of a step its bar fills. */
const FILLED = 0.7;

/** Counts per step of time, stacked; the legend carries the totals. */
export function StackedBars<Key extends string>({ totalHead, ...frame }: StackedBarsProps<Key>) {
  const number = new Intl.NumberFormat(useLocale());
  const { series, steps } = frame;
  const totals = Object.fromEntries(
    series.map(({ key }) => [key, number.format(sumOf(steps.map((step) => countIn(step, key))))]),
  ) as Record<Key, string>;
  return (
    <ChartFrame {...frame} totals={{ head: totalHead, of: totals }}>
      {(shown) => <Bars {...frame} series={shown} />}
    </ChartFrame>
  );
}

function Bars<Key extends string>(props: ChartProps<Key>) {
  const { series, steps } = props;
  const width = (WIDTH / steps.length) * FILLED;
  const end = axisEnd(
    Math.max(4, ...steps.map((step) => sumOf(series.map(({ key }) => countIn(step, key))))),
  );
  return (
    <Plot {...props} end={end} unit="count">
      {() =>
        steps.map((step, place) => {
          let below = 0;
          return series.map(({ key, colour }) => {
            const count = countIn(step, key);
            below += count;
            const y = depthOf(below, end);
            return count === 0 ? null : (
              <rect
                key={`${step.key} ${key}`}
                x={middleOf(place, steps.length) - width / 2}
                width={width}
                y={y}
                height={HEIGHT - depthOf(count, end)}
                fill={colour}
              />
            );
          });
        })
      }
    </Plot>
  );
}

const countIn = <Key extends string>(step: Step<Key>, key: Key): number => step.values[key]?.value ?? 0;
const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
