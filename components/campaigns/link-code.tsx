"use client";

import { encode } from "uqr";

/** A link as a picture that a phone's camera reads; drawn here, so that the link leaves for nobody who would draw it. */
export function LinkCode({ address, label }: { address: string; label: string }) {
  const { size, data } = encode(address, { border: 2, ecc: "M" });
  const rows = data.map((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")).join(""));
  return (
    <div className="link-code">
      {/* Dark on white in either appearance: cameras read nothing else for sure. */}
      <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shapeRendering="crispEdges">
        <rect width={size} height={size} fill="#fff" />
        <path d={rows.join("")} fill="#000" />
      </svg>
    </div>
  );
}
