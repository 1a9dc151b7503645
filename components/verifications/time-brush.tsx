"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { classNames } from "#components/ui/class-names.ts";
import type { TimeBar, TimeWindow } from "#lib/verifications/types.ts";
import { TimeTable } from "./time-table.tsx";
import { useBarTime } from "./use-bar-time.ts";
import { type BarRange, type Edge, useBrush } from "./use-brush.ts";

const TICKS = 6;

/** The verifications of one bar of the time line: all of them, and those of the list. */
export type BrushBar = Pick<TimeBar, "at" | "all" | "shown">;

type TimeBrushProps = {
  bars: readonly BrushBar[];
  /** Where the last bar ends. */
  to: Date;
  chosen: BarRange;
  window: TimeWindow;
  /** The address of the list without a range. */
  path: string;
};

/** Verifications over time: those of the list under those the filters leave out, and the time the list keeps to. */
export function TimeBrush({ bars, to, chosen, window, path }: TimeBrushProps) {
  const t = useTranslations("verifications.histogram");
  const { isDays, startText, endText, spanText } = useBarTime(window);
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const [asTable, setAsTable] = useState(false);
  const timeOf = (place: number) => bars[place]?.at ?? to;
  const spanOf = (from: number, end: number) => spanText(timeOf(from), timeOf(end));
  const countsOf = (part: BarRange) => {
    const inside = bars.slice(part.from, part.to);
    return { shown: sum(inside.map(({ shown }) => shown)), all: sum(inside.map(({ all }) => all)) };
  };
  const onChoose = ({ from, to: end }: BarRange) => {
    const isAll = from === 0 && end === bars.length;
    const href = isAll ? path : withRange(path, timeOf(from), timeOf(end));
    startTransition(() => router.push(href, { scroll: false }));
  };
  const { range, looked, plot, onKey } = useBrush({ bars: bars.length, chosen, onChoose });
  const edges = { from: startText(timeOf(range.from)), to: endText(timeOf(range.to)) };
  return (
    <figure className="time-line" aria-label={t("label")} aria-busy={isPending}>
      <Legend
        looked={looked && t("looked", { ...countsOf(looked), time: spanOf(looked.from, looked.to) })}
        asTable={asTable}
        onToggle={() => setAsTable(!asTable)}
      />
      {asTable ? (
        <TimeTable bars={bars} spanText={spanOf} />
      ) : (
        <>
          <div className="time-plot" title={t("hint")} {...plot}>
            <Bars bars={bars} range={range} text={t("text", { ...countsOf(range), ...edges })} />
            {range.to - range.from < bars.length ? (
              <span className="time-chosen" style={placed(range.from, range.to, bars.length)} />
            ) : null}
            {(["from", "to"] as const).map((edge) => (
              <Handle
                key={edge}
                edge={edge}
                place={range[edge]}
                bars={bars.length}
                text={edges[edge]}
                onKeyDown={(event) => onKey(edge, event)}
              />
            ))}
          </div>
          <div className="time-ticks" aria-hidden="true">
            {ticksOf(bars.length, isDays).map((place) => (
              <span key={place}>{startText(timeOf(place))}</span>
            ))}
          </div>
        </>
      )}
    </figure>
  );
}

/** Where the time is written below the bars: at their edges, and where each bar is a day below the days themselves. */
const ticksOf = (bars: number, isDays: boolean): number[] =>
  Array.from({ length: TICKS + 1 }, (_, tick) =>
    isDays ? Math.round((tick * (bars - 1)) / TICKS) : Math.floor((tick * bars) / TICKS),
  );

type LegendProps = {
  /** What lies under the pointer, or between the handles while they move. */
  looked: string | null;
  asTable: boolean;
  onToggle(): void;
};

function Legend({ looked, asTable, onToggle }: LegendProps) {
  const t = useTranslations("verifications.histogram");
  const charts = useTranslations("charts");
  return (
    <figcaption className="time-legend">
      <span className="time-looked" aria-hidden="true">
        {looked}
      </span>
      <span>
        <span className="key k1" />
        {t("shown")}
      </span>
      <span>
        <span className="key k0" />
        {t("leftOut")}
      </span>
      <button type="button" className="link" aria-pressed={asTable} onClick={onToggle}>
        {charts(asTable ? "showChart" : "showTable")}
      </button>
    </figcaption>
  );
}

function Bars({ bars, range, text }: { bars: readonly BrushBar[]; range: BarRange; text: string }) {
  const most = Math.max(1, ...bars.map(({ all }) => all));
  const heightOf = (count: number) => `${(count / most) * 100}%`;
  return (
    <div className="time-bars" role="img" aria-label={text}>
      {bars.map(({ at, all, shown }, place) => (
        <span
          key={at.getTime()}
          className={classNames("time-bar", (place < range.from || place >= range.to) && "out")}
        >
          <i className="left-out" style={{ height: heightOf(all - shown) }} />
          <i className="shown" style={{ height: heightOf(shown) }} />
        </span>
      ))}
    </div>
  );
}

type HandleProps = {
  edge: Edge;
  place: number;
  bars: number;
  text: string;
  onKeyDown: React.KeyboardEventHandler<HTMLElement>;
};

function Handle({ edge, place, bars, text, onKeyDown }: HandleProps) {
  const t = useTranslations("verifications.histogram");
  return (
    <div
      className="time-handle"
      role="slider"
      tabIndex={0}
      data-edge={edge}
      aria-label={t(edge)}
      aria-valuemin={0}
      aria-valuemax={bars}
      aria-valuenow={place}
      aria-valuetext={text}
      style={{ left: `${(place / bars) * 100}%` }}
      onKeyDown={onKeyDown}
    />
  );
}

const placed = (from: number, to: number, bars: number) => ({
  left: `${(from / bars) * 100}%`,
  right: `${((bars - to) / bars) * 100}%`,
});

const sum = (counts: number[]): number => counts.reduce((all, count) => all + count, 0);

function withRange(path: string, from: Date, to: Date): string {
  const range = new URLSearchParams({ from: from.toISOString(), to: to.toISOString() });
  return `${path}${path.includes("?") ? "&" : "?"}${range}`;
}
