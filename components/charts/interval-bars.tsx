type Bar = { share: number; low: number; high: number };

type IntervalBarsProps = {
  /** Solid and cobalt; hollow and stone. Either may be missing. */
  biometric: Bar | null;
  legacy: Bar | null;
  /** Where the line ends: the same for all rows of a table, so that they can be compared. */
  end: number;
  /** The post they are held against; only where somebody set one. */
  limit?: number;
};

const WIDTH = 180;
const INSET = 4;

/** Shares with their 95 % intervals on one line from 0; the numbers stand beside it. */
export function IntervalBars({ biometric, legacy, end, limit }: IntervalBarsProps) {
  const at = (share: number) => INSET + (Math.min(share, end) / end) * (WIDTH - 2 * INSET);
  const both = biometric !== null && legacy !== null;
  return (
    <svg className="scale" width={WIDTH} height="20" viewBox={`0 0 ${WIDTH} 20`} aria-hidden="true">
      <path className="s-base" d={`M${INSET} 10H${WIDTH - INSET}`} />
      {legacy ? (
        <>
          <path className="s-int legacy" d={`M${at(legacy.low)} ${both ? 7 : 10}H${at(legacy.high)}`} />
          <circle className="s-val legacy" cx={at(legacy.share)} cy={both ? 7 : 10} r="3.25" />
        </>
      ) : null}
      {biometric ? (
        <>
          <path className="s-int" d={`M${at(biometric.low)} ${both ? 14 : 10}H${at(biometric.high)}`} />
          <circle className="s-val" cx={at(biometric.share)} cy={both ? 14 : 10} r="4" />
        </>
      ) : null}
      {limit === undefined ? null : (
        <path className="s-post" d={`M${at(limit)} 2V18M${at(limit) - 3} 2H${at(limit) + 3}`} />
      )}
    </svg>
  );
}
