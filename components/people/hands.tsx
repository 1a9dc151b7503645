import type { FingerNumber } from "#lib/multibiometrics/types.ts";

/** `on`: enrolled, or matched; `no`: sent and not matched; `had`: enrolled but not sent; `off`: nothing to show. */
export type FingerMark = "on" | "no" | "had" | "off";

type Finger = {
  number: FingerNumber;
  from: readonly [number, number];
  tip: readonly [number, number];
  width: number;
};

// Backs of the hands, thumbs inside. The right hand mirrors the left one.
const LEFT: readonly Finger[] = [
  { number: 10, from: [41, 104], tip: [25, 66], width: 17 },
  { number: 9, from: [58, 94], tip: [51, 38], width: 19 },
  { number: 8, from: [78, 92], tip: [78, 27], width: 20 },
  { number: 7, from: [97, 96], tip: [105, 40], width: 19 },
  { number: 6, from: [98, 138], tip: [138, 100], width: 20 },
];
const WIDTH = 340;
const mirror = ([x, y]: readonly [number, number]) => [WIDTH - x, y] as const;
const RIGHT: readonly Finger[] = LEFT.map(({ number, from, tip, width }) => ({
  number: (number - 5) as FingerNumber,
  from: mirror(from),
  tip: mirror(tip),
  width,
}));

const HEIGHT = 186;

/** Where the finger tips lie in the drawing, in percent of it, from left to right: for what is laid over it. */
export const TIPS = [...LEFT, ...RIGHT.toReversed()].map(({ number, tip: [x, y] }) => ({
  number,
  left: (x / WIDTH) * 100,
  top: (y / HEIGHT) * 100,
}));

const OUTLINE = 2.5;
const RADIUS: Record<FingerMark, number> = { on: 9.25, no: 8.35, had: 8.75, off: 0 };

type HandsProps = {
  /** What each finger shows; a finger not named shows its number only. */
  marks: Partial<Record<FingerNumber, FingerMark>>;
  /** The same in words. */
  label: string;
  left: string;
  right: string;
};

/** Two hands with the fingers numbered as the API does: 1–5 from the right thumb, 6–10 from the left. */
export function Hands({ marks, label, left, right }: HandsProps) {
  return (
    <svg className="hands" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <Hand fingers={LEFT} palmX={31} marks={marks} />
      <Hand fingers={RIGHT} palmX={WIDTH - 31 - 77} marks={marks} />
      <text className="cap" x="70" y="182">
        {left}
      </text>
      <text className="cap" x={WIDTH - 70} y="182">
        {right}
      </text>
    </svg>
  );
}

type HandProps = { fingers: readonly Finger[]; palmX: number; marks: HandsProps["marks"] };

function Hand({ fingers, palmX, marks }: HandProps) {
  const line = ({ number, from, tip }: Finger, width: number, stroke: string) => (
    <line
      key={number}
      x1={from[0]}
      y1={from[1]}
      x2={tip[0]}
      y2={tip[1]}
      strokeLinecap="round"
      stroke={stroke}
      strokeWidth={width}
    />
  );
  const grown = OUTLINE / 2;
  return (
    <g>
      {fingers.map((finger) => line(finger, finger.width + OUTLINE, "var(--edge)"))}
      <rect
        x={palmX - grown}
        y={84 - grown}
        width={77 + OUTLINE}
        height={76 + OUTLINE}
        rx={27.25}
        fill="var(--edge)"
      />
      {fingers.map((finger) => line(finger, finger.width, "var(--page)"))}
      <rect x={palmX} y={84} width={77} height={76} rx={26} fill="var(--page)" />
      {fingers.map(({ number, tip }) => (
        <Tip key={number} number={number} at={tip} mark={marks[number] ?? "off"} />
      ))}
    </g>
  );
}

function Tip({
  number,
  at: [x, y],
  mark,
}: {
  number: FingerNumber;
  at: readonly [number, number];
  mark: FingerMark;
}) {
  const drawn = mark === "off" ? undefined : mark;
  return (
    <>
      {drawn ? <circle className={`tip ${drawn}`} cx={x} cy={y} r={RADIUS[mark]} /> : null}
      <text className={mark === "on" || mark === "no" ? mark : undefined} x={x} y={y + 3.5}>
        {number}
      </text>
      {mark === "no" ? <path className="no" d={`M${x - 16} ${y - 15}l7 7m0-7l-7 7`} /> : null}
    </>
  );
}
