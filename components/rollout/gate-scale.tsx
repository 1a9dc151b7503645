import { classNames } from "#components/ui/class-names.ts";

type GateScaleProps = {
  value: number | null;
  low: number | null;
  high: number | null;
  /** Where the post stands: at the same place in each row, whatever the limit is. */
  limit: number | null;
  tone: "pass" | "wait" | "fail" | "grey";
};

const WIDTH = 180;
const INSET = 4;
const END = WIDTH - INSET;
const POST = 103.2;

/** A value with its interval against its limit; what lies beyond the line's end is drawn up to it. */
export function GateScale({ value, low, high, limit, tone }: GateScaleProps) {
  // Without a limit "no difference" stands where the post would.
  const unit = limit ?? 1;
  const at = (one: number) => Math.min(END, INSET + (one / unit) * (POST - INSET));
  const isKnown = value !== null || low !== null || high !== null;
  return (
    <svg
      className={classNames("scale", tone)}
      width={WIDTH}
      height="20"
      viewBox={`0 0 ${WIDTH} 20`}
      aria-hidden="true"
    >
      <path className="s-base" d={`M${INSET} 10H${END}`} />
      {limit === null ? null : <path className="s-ok" d={`M${INSET} 10H${POST}`} />}
      {isKnown ? (
        <path className="s-int" d={`M${at(low ?? 0)} 10H${high === null ? END : at(high)}`} />
      ) : null}
      {value === null ? null : <circle className="s-val" cx={at(value)} cy="10" r="4" />}
      {limit === null ? null : <path className="s-post" d={`M${POST} 2V18M${POST - 3} 2H${POST + 3}`} />}
    </svg>
  );
}
