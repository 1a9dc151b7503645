import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { ChartProps, Marks, Step } from "./types.ts";

type ChartTableProps<Key extends string> = Pick<
  ChartProps<Key>,
  "about" | "series" | "steps" | "marks" | "stepName"
> & {
  totalHead: string | undefined;
};

/** A chart's numbers, the newest first; steps of which nothing is known are left out. */
export function ChartTable<Key extends string>(props: ChartTableProps<Key>) {
  const { about, series, steps, marks, stepName, totalHead } = props;
  const t = useTranslations("charts");
  const rows = steps
    .map((step, place) => ({ step, marked: namesAt(marks, place) }))
    .filter(({ step, marked }) => marked !== "" || series.some(({ key }) => step.values[key] !== null))
    .reverse();
  const isMarked = rows.some(({ marked }) => marked !== "");
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must be able to scroll it
    <section className="chart-table" aria-label={about} tabIndex={0}>
      <table className="tbl free tight">
        <thead>
          <tr>
            <th scope="col">{stepName}</th>
            {series.map(({ key, name }) => (
              <th scope="col" className="num" key={key}>
                {name}
              </th>
            ))}
            {totalHead ? (
              <th scope="col" className="num">
                {totalHead}
              </th>
            ) : null}
            {isMarked ? <th scope="col">{t("changes")}</th> : null}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ step, marked }) => (
            <tr key={step.key}>
              <th scope="row">
                <Behind href={step.href}>{step.name}</Behind>
              </th>
              {series.map(({ key }) => (
                <ValueCell key={key} value={step.values[key]} />
              ))}
              {totalHead ? <td className="num">{sumOf(step)}</td> : null}
              {isMarked ? <td className="m2">{marked}</td> : null}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function ValueCell({ value }: { value: Step<string>["values"][string] | undefined }) {
  if (!value) return <td className="num m">–</td>;
  const about = [value.interval, value.base].filter(Boolean).join(" · ");
  return (
    <td className="num">
      {about ? <span className="m small">{about} </span> : null}
      <Behind href={value.href}>{value.text}</Behind>
    </td>
  );
}

/** A number or a step that leads to what is behind it, where there is a way. */
function Behind({ href, children }: { href: string | undefined; children: ReactNode }) {
  return href === undefined ? (
    children
  ) : (
    <Link href={href} prefetch={false}>
      {children}
    </Link>
  );
}

/** What was marked within this step, in words. */
export const namesAt = ({ stages, changes }: Marks, step: number): string =>
  [...stages, ...changes]
    .filter(({ place }) => Math.floor(place) === step)
    .map(({ name }) => name)
    .join(", ");

const sumOf = (step: Step<string>): number =>
  Object.values(step.values).reduce((sum, value) => sum + (value?.value ?? 0), 0);
