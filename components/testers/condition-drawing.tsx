import type { Lighting, Position } from "#lib/campaigns/schema.ts";

const RAYS = [0, 45, 90, 135, 180, 225, 270, 315];

/** Where the light stands, seen from the side; the person looks to the left. */
const LIGHTS: Record<Lighting, React.ReactNode> = {
  window: <path d="M4 8h22v32H4zM15 8v32M4 24h22" />,
  lamp: <path d="M40 2v8M30 20l4-10h12l4 10zM34 26l-4 6M46 26l4 6M40 26v7" />,
  dim: <path d="M24 12a12 12 0 1 0 10 20 14 14 0 0 1-10-20z" />,
  light_behind: <path d="M128 8h22v32h-22zM139 8v32M128 24h22" />,
  outdoors: (
    <g transform="translate(20 22)">
      <circle r="7" />
      {RAYS.map((angle) => (
        <path key={angle} d="M0-11v-5" transform={`rotate(${angle})`} />
      ))}
    </g>
  ),
};

/** Where the camera is held, as a shift and a turn of its upright form in front of the face. */
const CAMERAS: Record<Exclude<Position, "flat" | "tilted">, string> = {
  front: "translate(62 44)",
  turned: "translate(62 44)",
  low: "translate(66 84) rotate(38)",
  high: "translate(66 10) rotate(-38)",
  far: "translate(36 50)",
};

type ConditionDrawingProps = { lighting: Lighting; position: Position; className?: string | undefined };

/** A light and a position as a small drawing. The words beside it say the same. */
export function ConditionDrawing({ lighting, position, className }: ConditionDrawingProps) {
  const isFinger = position === "flat" || position === "tilted";
  return (
    <svg
      className={className}
      viewBox="0 0 156 112"
      fill="none"
      stroke="currentColor"
      strokeWidth="3"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <g className="light">{LIGHTS[lighting]}</g>
      {isFinger ? (
        <>
          <path d="M36 98h88v8H36z" />
          <rect
            x="58"
            y="72"
            width="80"
            height="22"
            rx="11"
            transform={position === "tilted" ? "rotate(-24 64 88)" : undefined}
          />
        </>
      ) : (
        <>
          <Person isTurned={position === "turned"} />
          <g transform={CAMERAS[position]}>
            <rect x="-5" y="-13" width="10" height="26" rx="2" />
          </g>
        </>
      )}
    </svg>
  );
}

function Person({ isTurned }: { isTurned: boolean }) {
  return (
    <>
      <circle cx="112" cy="46" r="18" />
      {isTurned ? (
        <path d="M100 18a26 26 0 0 1 26 1M126 19l-8-5M126 19l-6 7M101 50l-4 4 5 2" />
      ) : (
        <path d="M95 40l-7 9 8 2" />
      )}
      <path d="M82 110c0-22 12-36 30-36s30 14 30 36" />
    </>
  );
}
