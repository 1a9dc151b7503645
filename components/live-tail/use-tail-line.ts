import { type ActionDispatch, useEffect, useState } from "react";
import type { TailEvent } from "#lib/live-tail/types.ts";
import type { Line, TailAct } from "./tail-state.ts";

/** The console is heard every five seconds: after a longer silence the line is opened anew. */
const SILENT_MS = 20_000;
const RETRY_MS = 3_000;
/** A page out of sight for longer lets go of its line: a browser keeps few to one host. */
const HIDDEN_MS = 60_000;

type TailLine = { path: string; wants: boolean; tell: ActionDispatch<[act: TailAct]>; onOpen(): void };

/** Keeps the line to the console open while it is wanted and the page is in sight; tells how it stands and what comes. */
export function useTailLine({ path, wants, tell, onOpen }: TailLine): void {
  const isInSight = useInSight();
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (!wants) return;
    if (!isInSight) return tell({ type: "line", line: "resting" });
    tell({ type: "line", line: round === 0 ? "opening" : "cut" });
    const source = new EventSource(path);
    let retry: ReturnType<typeof setTimeout> | undefined;
    const again = () => {
      source.close();
      clearTimeout(retry);
      retry = setTimeout(() => setRound((before) => before + 1), RETRY_MS);
    };
    let silence = setTimeout(again, SILENT_MS);
    source.onmessage = ({ data }) => {
      clearTimeout(silence);
      silence = setTimeout(again, SILENT_MS);
      const event: TailEvent = JSON.parse(data);
      switch (event.type) {
        case "open":
          tell({ type: "opened" });
          return onOpen();
        case "rows":
          return tell(event);
        case "away":
          return tell({ type: "line", line: "away" });
        case "beat":
          return tell({ type: "line", line: "open" });
        case "end":
          source.close();
          return tell({ type: "line", line: event.why });
      }
    };
    source.onerror = () => {
      source.close();
      tell({ type: "line", line: "cut" });
      void whyNot(path).then((line) => (line === null ? again() : tell({ type: "line", line })));
    };
    return () => {
      source.close();
      clearTimeout(silence);
      clearTimeout(retry);
    };
  }, [path, wants, isInSight, round, tell, onOpen]);
}

const REFUSALS: Readonly<Record<number, Line>> = { 401: "session", 403: "right", 429: "full" };

/** Events say nothing of why a line was refused; the same address asked plainly does. Null: it may be tried again. */
const whyNot = (path: string): Promise<Line | null> =>
  fetch(path, { cache: "no-store" }).then(
    ({ status }) => REFUSALS[status] ?? null,
    () => null,
  );

/** Whether the page is in sight, or was until a moment ago. */
function useInSight(): boolean {
  const [isInSight, setInSight] = useState(true);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      clearTimeout(timer);
      if (document.hidden) timer = setTimeout(() => setInSight(false), HIDDEN_MS);
      else setInSight(true);
    };
    document.addEventListener("visibilitychange", look);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, []);
  return isInSight;
}
