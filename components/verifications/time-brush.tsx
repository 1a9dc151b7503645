"use client";

import { useRouter } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { ChartTable } from "#components/charts/chart-table.tsx";
import { classNames } from "#components/ui/class-names.ts";
import type { TimeBar } from "#lib/verifications/types.ts";
import { type BarRange, type Edge, useBrush } from "./use-brush.ts";

const TICKS = 6;

/** The verifications of one bar of the time line: all of them, and those of the list. */
export type BrushBar = Pick<TimeBar, "at" | "all" | "shown">;

type TimeBrushProps = {
  bars: readonly BrushBar[];
  /** Where the last bar ends. */
  to: Date;
  chosen: BarRange;
  /** Over several days: each time is written with its day. */
  isLong: boolean;
  /** The address of the list without a range. */
  path: string;
};

/** Verifications over time: those of the list under those the filters leave out, and the time the list keeps to. */
export function TimeBrush({ bars, to, chosen, isLong, path }: TimeBrushProps) {
  const t = useTranslations("verifications.histogram");
  const format = useFormatter();
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const [asTable, setAsTable] = useState(false);
  const timeOf = (place: number) => bars[place]?.at ?? to;
  const textOf = (place: number) => format.dateTime(timeOf(place), isLong ? "minute" : "clock");
  const onChoose = ({ from, to: end }: BarRange) => {
    const isAll = from === 0 && end === bars.length;
    const href = isAll ? path : withRange(path, timeOf(from), timeOf(end));
    startTransition(() => router.push(href, { scroll: false }));
  };
  const { range, plot, onKey } = useBrush({ bars: bars.length, chosen, onChoose });
  const inside = bars.slice(range.from, range.to);
  const text = t("text", {
    shown: sum(inside.map(({ shown }) => shown)),
    all: sum(inside.map(({ all }) => all)),
    from: textOf(range.from),
    to: textOf(range.to),
  });
  return (
    <figure className="time-line" aria-label={t("label")} aria-busy={isPending}>
      <Legend asTable={asTable} onToggle={() => setAsTable(!asTable)} />
      {asTable ? (
        <TimeTable bars={bars} textOf={textOf} />
      ) : (
        <>
          <div className="time-plot" title={t("hint")} {...plot}>
            <Bars bars={bars} range={range} text={text} />
            {range.to - range.from < bars.length ? (
              <span className="time-chosen" style={placed(range.from, range.to, bars.length)} />
            ) : null}
            {(["from", "to"] as const).map((edge) => (
              <Handle
                key={edge}
                edge={edge}
                place={range[edge]}
                bars={bars.length}
                text={textOf(range[edge])}
                onKeyDown={(event) => onKey(edge, event)}
              />
            ))}
          </div>
          <div className="time-ticks" aria-hidden="true">
            {Array.from({ length: TICKS + 1 }, (_, tick) => {
              const place = Math.floor((tick * bars.length) / TICKS);
              return <span key={place}>{textOf(place)}</span>;
            })}
          </div>
        </>
      )}
    </figure>
  );
}

function Legend({ asTable, onToggle }: { asTable: boolean; onToggle(): void }) {
  const t = useTranslations("verifications.histogram");
  const charts = useTranslations("charts");
  return (
    <figcaption className="time-legend">
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

function TimeTable({ bars, textOf }: { bars: readonly BrushBar[]; textOf(place: number): string }) {
  const t = useTranslations("verifications.histogram");
  const format = useFormatter();
  const counted = (count: number) => ({ value: count, text: format.number(count) });
  const steps = bars.map(({ all, shown }, place) => {
    const name = `${textOf(place)}–${textOf(place + 1)}`;
    const values = { shown: counted(shown), leftOut: counted(all - shown) };
    return { key: String(place), name, tick: name, values };
  });
  return (
    <ChartTable
      about={t("label")}
      stepName={t("time")}
      totalHead={t("all")}
      steps={steps}
      marks={{ stages: [], changes: [] }}
      series={[
        { key: "shown", name: t("shown"), colour: "var(--accent)" },
        { key: "leftOut", name: t("leftOut"), colour: "var(--c-quiet)" },
      ]}
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
