import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { classNames } from "#components/ui/class-names.ts";
import type { Span } from "#lib/verifications/types.ts";

const WIDTH = 150;
const SHORTEST = 2;

/** When a step was taken and how long it took; several steps measured as one share it over `rows` rows. */
export type StepTime = {
  span: Span | null;
  /** Of the whole try, for the place of the bar. */
  totalMs: number;
  ms: number | null;
  of: "api" | "gateway";
  rows?: number;
};

type StepRowProps = {
  title: string;
  facts: ReactNode;
  children: ReactNode;
  /** `shared`: the row above says it. */
  time: StepTime | "shared";
};

/** One step: what came out of it, on which facts, its place in time and its milliseconds. */
export function StepRow({ title, facts, children, time }: StepRowProps) {
  return (
    <tr>
      <th scope="row" className="nw">
        {title}
      </th>
      <td className="nw">{children}</td>
      <td className="m2 full">{facts}</td>
      {time === "shared" ? null : <TimeCells {...time} />}
    </tr>
  );
}

function TimeCells({ span, totalMs, ms, of, rows = 1 }: StepTime) {
  const t = useTranslations("verification.steps");
  const format = useFormatter();
  const scale = WIDTH / Math.max(1, totalMs);
  const width = span ? Math.max(SHORTEST, (span.toMs - span.fromMs) * scale) : 0;
  return (
    <>
      <td className="step-bar hide-s" rowSpan={rows}>
        {span ? (
          <svg width={WIDTH} height="12" viewBox={`0 0 ${WIDTH} 12`} aria-hidden="true">
            <line className="step-base" x1="0" x2={WIDTH} y1="6" y2="6" />
            <rect
              className={of === "api" ? "step-api" : "step-own"}
              x={Math.min(span.fromMs * scale, WIDTH - width)}
              y="2"
              width={width}
              height="8"
            />
          </svg>
        ) : null}
      </td>
      <td className={classNames("num m2 step-ms", ms === null && "hide-s")} rowSpan={rows}>
        {ms === null ? "–" : ms < 1 ? t("underOne") : format.number(ms)}
        {ms === null ? null : <span className="ph">{` ${t("ms")}`}</span>}
      </td>
    </>
  );
}
