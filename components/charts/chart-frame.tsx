"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Section } from "#components/ui/section.tsx";
import { ChartTable } from "./chart-table.tsx";
import type { ChartProps, Series } from "./types.ts";

type ChartFrameProps<Key extends string> = ChartProps<Key> & {
  /** Told in the legend beside a name, and in a last column of the table. */
  totals?: { head: string; of: Record<Key, string> };
  children(shown: readonly Series<Key>[]): ReactNode;
};

/** What every chart has around it: a legend that filters, and the same numbers as a table. */
export function ChartFrame<Key extends string>(props: ChartFrameProps<Key>) {
  const { title, about, end, series, totals, children, ...rest } = props;
  const t = useTranslations("charts");
  const [hidden, setHidden] = useState<readonly Key[]>([]);
  const [asTable, setAsTable] = useState(false);
  const shown = series.filter(({ key }) => !hidden.includes(key));
  const toggle = (key: Key) =>
    setHidden((keys) => (keys.includes(key) ? keys.filter((other) => other !== key) : [...keys, key]));
  const toTable = (
    <>
      {end}
      <button type="button" className="link" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
        {t(asTable ? "showChart" : "showTable")}
      </button>
    </>
  );
  return (
    <Section title={title} about={about} end={toTable}>
      {series.length === 1 ? null : (
        <ul className="legend">
          {series.map(({ key, name, colour }) => (
            <li key={key}>
              <button type="button" aria-pressed={!hidden.includes(key)} onClick={() => toggle(key)}>
                <i className="key" style={{ background: colour }} />
                {name} {totals ? <b>{totals.of[key]}</b> : null}
              </button>
            </li>
          ))}
        </ul>
      )}
      {asTable ? (
        <ChartTable {...rest} about={about} series={shown} totalHead={totals?.head} />
      ) : (
        children(shown)
      )}
    </Section>
  );
}
