import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from "react";

/** A run of bars, the last one not included. */
export type BarRange = { from: number; to: number };
export type Edge = keyof BarRange;

/** After this rest at the keyboard the choice is made, so that a held key asks once. */
const REST_MS = 350;

type Brush = { bars: number; chosen: BarRange; onChoose(range: BarRange): void };
type Drag = { edge: Edge } | { anchor: number };

/**
 * Chooses a run of bars: drawn over the plot, by its handles, or by keys on a handle. `range` follows the hand at once;
 * `onChoose` hears of it once, at the end. `looked` is what the hand is at: the bar under the pointer, or the run it draws.
 */
export function useBrush({ bars, chosen, onChoose }: Brush) {
  const [draft, setDraft] = useState<BarRange | null>(null);
  const [pointed, setPointed] = useState<number | null>(null);
  const drag = useRef<Drag | null>(null);
  const resting = useRef<ReturnType<typeof setTimeout>>(undefined);
  // What was chosen has arrived, or something else has: from now on the list says what is shown.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new choice is the reason to forget the draft
  useEffect(() => setDraft(null), [chosen.from, chosen.to]);
  useEffect(() => () => clearTimeout(resting.current), []);
  const range = draft ?? chosen;

  const moved = (edge: Edge, place: number): BarRange =>
    edge === "from"
      ? { from: Math.min(Math.max(0, place), range.to - 1), to: range.to }
      : { from: range.from, to: Math.max(Math.min(bars, place), range.from + 1) };

  function choose(next: BarRange) {
    clearTimeout(resting.current);
    if (next.from === chosen.from && next.to === chosen.to) setDraft(null);
    else onChoose(next);
  }

  /** Where the pointer is, in bars from the left. */
  function placeOf(event: PointerEvent<HTMLElement>): number {
    const box = event.currentTarget.getBoundingClientRect();
    return ((event.clientX - box.left) / box.width) * bars;
  }
  const barOf = (event: PointerEvent<HTMLElement>) =>
    Math.min(Math.max(0, Math.floor(placeOf(event))), bars - 1);

  function drawn(event: PointerEvent<HTMLElement>): BarRange | null {
    if (drag.current === null) return null;
    if ("edge" in drag.current) return moved(drag.current.edge, Math.round(placeOf(event)));
    const bar = barOf(event);
    const { anchor } = drag.current;
    return { from: Math.min(anchor, bar), to: Math.max(anchor, bar) + 1 };
  }

  const plot = {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.button !== 0) return;
      const edge = event.target instanceof HTMLElement ? event.target.dataset.edge : undefined;
      drag.current = edge === "from" || edge === "to" ? { edge } : { anchor: barOf(event) };
      event.currentTarget.setPointerCapture(event.pointerId);
      setDraft(drawn(event));
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      if (drag.current !== null) setDraft(drawn(event));
      if (event.pointerType === "mouse") setPointed(barOf(event));
    },
    onPointerLeave: () => setPointed(null),
    onPointerUp(event: PointerEvent<HTMLElement>) {
      const next = drawn(event);
      drag.current = null;
      if (next !== null) choose(next);
    },
    onPointerCancel() {
      drag.current = null;
      setDraft(null);
    },
  };

  function onKey(edge: Edge, event: KeyboardEvent<HTMLElement>) {
    const step = stepOf(event.key, bars);
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const next = moved(edge, range[edge] + step);
    setDraft(next);
    clearTimeout(resting.current);
    resting.current = setTimeout(() => choose(next), REST_MS);
  }

  const looked = draft ?? (pointed === null ? null : { from: pointed, to: pointed + 1 });
  return { range, looked, plot, onKey };
}

/** How many bars a key moves a handle; undefined for a key that is none of its own. */
function stepOf(key: string, bars: number): number | undefined {
  const page = Math.max(2, Math.round(bars / 8));
  const steps: Record<string, number> = {
    ArrowLeft: -1,
    ArrowDown: -1,
    ArrowRight: 1,
    ArrowUp: 1,
    PageDown: -page,
    PageUp: page,
    Home: -bars,
    End: bars,
  };
  return steps[key];
}
