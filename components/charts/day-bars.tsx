type Day = { key: string; state: "working" | "some_errors" | "failing" | "unknown"; name: string };

const WIDTH = 288;
const HEIGHT = 16;
const CLASSES = { working: "up", some_errors: "up w", failing: "up b", unknown: "up off" } as const;

/** One bar per day: well, with errors, failing, or not known. What stands out stands taller, not only in colour. */
export function DayBars({ days, text }: { days: readonly Day[]; text: string }) {
  const wide = WIDTH / days.length;
  return (
    <svg
      className="days"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      height={HEIGHT}
      preserveAspectRatio="none"
      role="img"
      aria-label={text}
    >
      {days.map(({ key, state, name }, place) => {
        const top = state === "working" ? 3 : state === "unknown" ? 10 : 0;
        return (
          <rect
            key={key}
            className={CLASSES[state]}
            x={(place * wide).toFixed(2)}
            y={top}
            width={(wide * 0.7).toFixed(2)}
            height={HEIGHT - top}
          >
            <title>{name}</title>
          </rect>
        );
      })}
    </svg>
  );
}
