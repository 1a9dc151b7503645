/** A face in a frame: drawn in full when one is enrolled, the frame alone when not. */
export function FaceMark({ enrolled, label }: { enrolled: boolean; label: string }) {
  return (
    <svg viewBox="0 0 84 112" width="84" height="112" role="img" aria-label={label}>
      <path
        d="M4 24V4h20M60 4h20v20M80 88v20H60M24 108H4V88"
        fill="none"
        stroke="var(--edge)"
        strokeWidth="1.5"
      />
      {enrolled ? (
        <>
          <ellipse
            cx="42"
            cy="54"
            rx="23"
            ry="30"
            fill="var(--accent-wash)"
            stroke="var(--accent)"
            strokeWidth="1.75"
          />
          <path d="M33 48H51L42 60ZM42 60L35 69H49Z" fill="none" stroke="var(--accent-mid)" strokeWidth="1" />
          <path
            d="M33 48h0M51 48h0M42 60h0M35 69h0M49 69h0"
            stroke="var(--accent)"
            strokeWidth="4.5"
            strokeLinecap="round"
          />
        </>
      ) : (
        <ellipse
          cx="42"
          cy="54"
          rx="23"
          ry="30"
          fill="none"
          stroke="var(--edge)"
          strokeWidth="1.25"
          strokeDasharray="4 4"
        />
      )}
    </svg>
  );
}
