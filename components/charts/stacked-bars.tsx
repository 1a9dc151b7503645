"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { Section } from "#components/ui/section.tsx";
import { BarsTable } from "./bars-table.tsx";
import { BarsTooltip } from "./bars-tooltip.tsx";
import type { BarRow, BarSeries } from "./types.ts";

type StackedBarsProps<Key extends string> = {
  title: ReactNode;
  about: string;
  /** The chart in one sentence, for those who cannot see it. */
  text: string;
  rowHead: string;
  totalHead: string;
  series: BarSeries<Key>[];
  rows: BarRow<Key>[];
};

const HEIGHT = 208;
const TICK = { fontSize: 11, fill: "var(--ink-3)" };

/** Counts per step of time, stacked; the legend carries the totals and is a filter, a table says the same. */
export function StackedBars<Key extends string>(props: StackedBarsProps<Key>) {
  const { title, about, text, series, rows, ...table } = props;
  const t = useTranslations("charts");
  const [hidden, setHidden] = useState<readonly Key[]>([]);
  const [asTable, setAsTable] = useState(false);
  const toggle = (key: Key) =>
    setHidden((keys) => (keys.includes(key) ? keys.filter((other) => other !== key) : [...keys, key]));
  const shown = series.filter(({ key }) => !hidden.includes(key));
  const end = (
    <button type="button" className="link" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
      {t(asTable ? "showChart" : "showTable")}
    </button>
  );
  return (
    <Section title={title} about={about} end={end}>
      <ul className="legend">
        {series.map(({ key, name, colour }) => (
          <li key={key}>
            <button type="button" aria-pressed={!hidden.includes(key)} onClick={() => toggle(key)}>
              <i className="key" style={{ background: colour }} />
              {name} <b>{totalOf(rows, key)}</b>
            </button>
          </li>
        ))}
      </ul>
      {asTable ? (
        <BarsTable series={shown} rows={rows} {...table} />
      ) : (
        <div role="img" aria-label={text} className="chart">
          <ResponsiveContainer width="100%" height={HEIGHT} initialDimension={{ width: 800, height: HEIGHT }}>
            <BarChart
              data={rows}
              accessibilityLayer={false}
              margin={{ top: 8, right: 0, bottom: 0, left: 0 }}
            >
              <CartesianGrid vertical={false} stroke="var(--hair)" />
              <XAxis
                dataKey="tick"
                tick={TICK}
                tickLine={false}
                axisLine={{ stroke: "var(--hair-2)" }}
                minTickGap={24}
              />
              <YAxis allowDecimals={false} width={32} tick={TICK} tickLine={false} axisLine={false} />
              <Tooltip cursor={{ fill: "var(--hover)" }} content={<BarsTooltip series={shown} />} />
              {shown.map(({ key, colour }) => (
                <Bar
                  key={key}
                  dataKey={(row: BarRow<Key>) => row.cells[key]}
                  stackId="all"
                  fill={colour}
                  maxBarSize={24}
                  isAnimationActive={false}
                />
              ))}
            </BarChart>
          </ResponsiveContainer>
        </div>
      )}
    </Section>
  );
}

const totalOf = <Key extends string>(rows: BarRow<Key>[], key: Key): number =>
  rows.reduce((sum, row) => sum + row.cells[key], 0);
