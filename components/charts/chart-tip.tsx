import { namesAt } from "./chart-table.tsx";
import type { ChartProps } from "./types.ts";

type ChartTipProps<Key extends string> = Pick<ChartProps<Key>, "series" | "steps" | "marks"> & { at: number };

/** What lies under the pointer: the step in full, its values with interval and base, and what changed then. */
export function ChartTip<Key extends string>({ series, steps, marks, at }: ChartTipProps<Key>) {
  const step = steps[at];
  if (!step) return null;
  const marked = namesAt(marks, at);
  const across = `${((at + 0.5) / steps.length) * 100}%`;
  return (
    <div className={at < steps.length / 2 ? "tip" : "tip before"} style={{ left: across }}>
      <b>{step.name}</b>
      {series.map(({ key, name, colour }) => {
        const value = step.values[key];
        return (
          <span key={key}>
            <i className="key" style={{ background: colour }} />
            {name} <b>{value?.text ?? "–"}</b>
            {value ? <AboutValue interval={value.interval} base={value.base} /> : null}
          </span>
        );
      })}
      {marked === "" ? null : <span className="m">{marked}</span>}
    </div>
  );
}

function AboutValue({ interval, base }: { interval: string | undefined; base: string | undefined }) {
  const about = [interval, base].filter(Boolean).join(" · ");
  return about === "" ? null : <span className="m"> {about}</span>;
}
