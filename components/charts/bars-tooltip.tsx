import type { BarRow, BarSeries } from "./types.ts";

type BarsTooltipProps<Key extends string> = {
  series: BarSeries<Key>[];
  /** Handed in by the chart. */
  active?: boolean;
  payload?: readonly { payload: BarRow<Key> }[];
};

/** What lies under the pointer: the step in full and its counts. */
export function BarsTooltip<Key extends string>({ active, payload, series }: BarsTooltipProps<Key>) {
  const row = payload?.[0]?.payload;
  if (!active || !row) return null;
  return (
    <div className="tip">
      <b>{row.name}</b>
      {series.map(({ key, name, colour }) => (
        <span key={key}>
          <i className="key" style={{ background: colour }} />
          {name} <b>{row.cells[key]}</b>
        </span>
      ))}
    </div>
  );
}
