"use client";

import { useRouter } from "next/navigation";
import { useLocale } from "next-intl";
import { type PointerEvent, type ReactNode, useEffect, useState } from "react";
import { ChartTip } from "./chart-tip.tsx";
import { axisTicks, depthOf, HEIGHT, namedSteps, roomAfter, stepAt, WIDTH } from "./geometry.ts";
import type { ChartProps, Mark, Unit } from "./types.ts";

const NAMED_WIDE = 7;

/** A text at the right edge, at the height of what it names. */
export type EndLabel = { key: string; depth: number; text: ReactNode };

type PlotProps<Key extends string> = Pick<ChartProps<Key>, "text" | "series" | "steps" | "marks"> & {
  /** Where the axis from 0 ends. */
  end: number;
  unit: Unit;
  ends?: readonly EndLabel[];
  /** What is drawn, in the units of geometry.ts; the step under the pointer, if any, is handed over. */
  children(pointed: number | null): ReactNode;
};

/**
 * The ground every chart is drawn on: axis from 0, steps of time, marks, what lies under the pointer. Drawn by the
 * server at its final size: the picture is stretched to the width there is, only texts keep their own.
 */
export function Plot<Key extends string>(props: PlotProps<Key>) {
  const { text, series, steps, marks, end, unit, ends = [], children } = props;
  const [pointed, setPointed] = usePointed();
  const point = (event: PointerEvent<HTMLDivElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    setPointed(stepAt((event.clientX - left) / width, steps.length));
  };
  const router = useRouter();
  const behind = pointed === null ? undefined : steps[pointed]?.href;
  const acrossOf = (place: number) => (place / steps.length) * WIDTH;
  return (
    <div role="img" aria-label={text} className="plot">
      <AxisNumbers end={end} unit={unit} />
      <MarkNames className="plot-stages" marks={marks.stages} steps={steps.length} />
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: a picture; the keyboard has the same ways in the table */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a picture; the keyboard has the same ways in the table */}
      <div
        className={behind === undefined ? "plot-area" : "plot-area opens"}
        onPointerMove={point}
        onPointerLeave={() => setPointed(null)}
        onClick={() => behind !== undefined && router.push(behind)}
      >
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
          {pointed === null ? null : (
            <rect
              className="c-pointed"
              x={acrossOf(pointed)}
              y={0}
              width={WIDTH / steps.length}
              height={HEIGHT}
            />
          )}
          {axisTicks(end).map((tick) => (
            <path
              key={tick}
              className={tick === 0 ? "c-axis" : "c-grid"}
              d={`M0 ${depthOf(tick, end)}H${WIDTH}`}
            />
          ))}
          {children(pointed)}
          {marks.changes.map(({ place, name }) => (
            <path key={`${place} ${name}`} className="c-change" d={`M${acrossOf(place)} 0V${HEIGHT}`} />
          ))}
          {marks.stages.map(({ place }) => (
            <path key={place} className="c-mark" d={`M${acrossOf(place)} -20V${HEIGHT}`} />
          ))}
        </svg>
        <MarkNames className="plot-changes" marks={marks.changes} steps={steps.length} />
        {pointed === null ? null : <ChartTip series={series} steps={steps} marks={marks} at={pointed} />}
      </div>
      <div className="plot-ends">
        {ends.map(({ key, depth, text: label }) => (
          <span key={key} style={{ top: depth }}>
            {label}
          </span>
        ))}
      </div>
      <StepNames steps={steps} />
    </div>
  );
}

/** The step under the pointer; Esc takes its tooltip away. */
function usePointed() {
  const [pointed, setPointed] = useState<number | null>(null);
  useEffect(() => {
    if (pointed === null) return;
    const onKey = (event: KeyboardEvent) => event.key === "Escape" && setPointed(null);
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [pointed]);
  return [pointed, setPointed] as const;
}

function AxisNumbers({ end, unit }: { end: number; unit: Unit }) {
  const number = new Intl.NumberFormat(useLocale(), { maximumFractionDigits: 2 });
  return (
    <div className="plot-y">
      {axisTicks(end).map((tick) => (
        <span key={tick} style={{ top: depthOf(tick, end) }}>
          {number.format(unit === "percent" ? tick * 100 : tick)}
        </span>
      ))}
    </div>
  );
}

/** Names beside their marks; one that has no room before the next mark is not shown, its line is. */
function MarkNames({
  className,
  marks,
  steps,
}: {
  className: string;
  marks: readonly Mark[];
  steps: number;
}) {
  const places = marks.map(({ place }) => place);
  return (
    <div className={className}>
      {marks.map(({ place, name }) => (
        <span
          key={`${place} ${name}`}
          style={{ left: `${(place / steps) * 100}%`, width: `${roomAfter(place, places, steps) * 100}%` }}
        >
          <b>{name}</b>
        </span>
      ))}
    </div>
  );
}

function StepNames<Key extends string>({ steps }: Pick<ChartProps<Key>, "steps">) {
  const named = namedSteps(steps.length, NAMED_WIDE);
  return (
    <div className="plot-x">
      {named.map((step, order) => (
        <span
          key={step}
          className={(named.length - 1 - order) % 2 === 1 ? "wide" : undefined}
          style={{ left: `${((step + 0.5) / steps.length) * 100}%` }}
        >
          {steps[step]?.tick}
        </span>
      ))}
    </div>
  );
}
