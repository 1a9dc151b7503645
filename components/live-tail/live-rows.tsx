"use client";

import { type ComponentProps, useEffect, useRef } from "react";
import { VerificationsTable } from "#components/verifications/verifications-table.tsx";
import { LiveStatus } from "./live-status.tsx";
import { useLiveTail } from "./live-tail.tsx";
import { MOST_ROWS, mergeNewest } from "./tail-state.ts";

/**
 * The table of verifications with what comes in above it while it is live: as many rows as a page holds. Nothing moves
 * under a hand: as long as a pointer or the focus is among the rows, they stay.
 */
export function LiveRows({ rows, ...table }: ComponentProps<typeof VerificationsTable>) {
  const { state } = useLiveTail();
  const area = useStillArea();
  const isLive = state.shown.length > 0;
  return (
    <>
      <LiveStatus />
      <div ref={area}>
        <VerificationsTable
          rows={isLive ? mergeNewest(state.shown, rows, Math.max(MOST_ROWS, rows.length)) : rows}
          {...table}
        />
      </div>
    </>
  );
}

/** Tells when a pointer or the focus comes among the rows, and when both have left. */
function useStillArea() {
  const { tell } = useLiveTail();
  const area = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = area.current;
    if (element === null) return;
    const stop = new AbortController();
    const over = { pointer: false, focus: false };
    const hear = (
      event: "pointerenter" | "pointerleave" | "focusin" | "focusout",
      change: Partial<typeof over>,
    ) =>
      element.addEventListener(
        event,
        () => {
          Object.assign(over, change);
          tell({ type: "hold", isHeld: over.pointer || over.focus });
        },
        { signal: stop.signal },
      );
    hear("pointerenter", { pointer: true });
    hear("pointerleave", { pointer: false });
    hear("focusin", { focus: true });
    hear("focusout", { focus: false });
    return () => stop.abort();
  }, [tell]);
  return area;
}
