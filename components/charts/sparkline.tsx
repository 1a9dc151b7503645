import { linePath, sparkPoints } from "./geometry.ts";

const WIDTH = 72;
const HEIGHT = 26;

/** The way a figure went, without numbers: decoration beside the figure itself. Nothing where too little is known. */
export function Sparkline({ values }: { values: readonly (number | null)[] }) {
  const points = sparkPoints(values, WIDTH, HEIGHT);
  const last = points.at(-1);
  if (points.length < 2 || !last) return null;
  return (
    <svg
      className="spark"
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      aria-hidden="true"
    >
      <path className="c-line" d={linePath(points)} />
      <circle className="c-dot" cx={last.x} cy={last.y} r="2.5" />
    </svg>
  );
}
