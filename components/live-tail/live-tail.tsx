"use client";

import { useRouter } from "next/navigation";
import {
  type ActionDispatch,
  createContext,
  type ReactNode,
  use,
  useCallback,
  useEffect,
  useMemo,
  useReducer,
  useState,
} from "react";
import { CLOSED, isOn, nextState, type TailAct, type TailState } from "./tail-state.ts";
import { useTailLine } from "./use-tail-line.ts";

type Tail = { state: TailState; tell: ActionDispatch<[act: TailAct]>; toggle(): void };

const TailContext = createContext<Tail>({ state: CLOSED, tell: () => {}, toggle: () => {} });

export const useLiveTail = (): Tail => use(TailContext);

type LiveTailProps = {
  /** Where what comes in is told, with the filters in force; null where this list cannot be live. */
  path: string | null;
  /** The list in view has no row yet. */
  isEmpty: boolean;
  children: ReactNode;
};

/** Lets the list inside it be live: its button, its state and its rows hear of it here. */
export function LiveTail({ path, isEmpty, children }: LiveTailProps) {
  const router = useRouter();
  const [state, tell] = useReducer(nextState, CLOSED);
  // While it is drawn, not after it: no row of the list before is shown among those of this one.
  const [pathBefore, setPathBefore] = useState(path);
  if (pathBefore !== path) {
    setPathBefore(path);
    tell({ type: "moved", canBeLive: path !== null });
  }
  const wants = isOn(state) && path !== null;
  // What stood there before the line was open, and what came between: all of it once more from the list itself.
  const onOpen = useCallback(() => router.refresh(), [router]);
  useTailLine({ path: path ?? "", wants, tell, onOpen });
  const hasFirst = isEmpty && state.shown.length > 0;
  useEffect(() => {
    if (hasFirst) router.refresh();
  }, [hasFirst, router]);
  const tail = useMemo(() => {
    const toggle = () => tell({ type: "line", line: isOn(state) ? "off" : "opening" });
    return { state, tell, toggle };
  }, [state]);
  return <TailContext value={tail}>{children}</TailContext>;
}
