import { useEffect, useEffectEvent, useState } from "react";
import { quietMs, sessionWarning } from "#lib/auth/rules.ts";
import type { SessionLeft } from "#lib/auth/types.ts";
import { askRoute } from "./ask-route.ts";

/** While it warns a page asks this often, so that a click in another tab is heard. */
const LOOK_EVERY_MS = 5000;
/** When the console could not be heard it is asked again, without hurry. */
const RETRY_MS = 30_000;

type Heard = { left: SessionLeft; at: number };

const now = () => performance.now();

/** What was heard, as much later as it is now. */
const leftNow = ({ left, at }: Heard): SessionLeft => ({
  idleMs: Math.max(0, left.idleMs - (now() - at)),
  absoluteMs: Math.max(0, left.absoluteMs - (now() - at)),
});

/**
 * How long this session still holds, told only when its end is near: the server is asked then, not before, so that use
 * in another tab counts here too. Asking is no use. `onEnded` is called once the session holds no more.
 */
export function useSessionLeft(onEnded: (why: "idle" | "absolute" | "ended") => void) {
  const [heard, setHeard] = useState<Heard | null>(null);
  const [, setTick] = useState(0);
  const [asked, setAsked] = useState(0);
  const ended = useEffectEvent((before: Heard | null) => {
    const left = before === null ? null : leftNow(before);
    onEnded(left?.absoluteMs === 0 ? "absolute" : left?.idleMs === 0 ? "idle" : "ended");
  });
  const before = useEffectEvent(() => heard);

  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async () => {
      let isOver = false;
      const left = await askRoute<SessionLeft>("/api/session", stop.signal, () => {
        isOver = true;
      });
      if (stop.signal.aborted) return;
      if (isOver) return ended(before());
      if (left !== null) setHeard({ left, at: now() });
      const next = left === null ? RETRY_MS : Math.max(quietMs(left), LOOK_EVERY_MS);
      timer = setTimeout(look, next);
    };
    // `asked` counts the times somebody wants to know at once.
    if (asked >= 0) void look();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [asked]);

  // A machine that slept, or a page that comes out of the browser's memory, must not show what has ended meanwhile.
  useEffect(() => {
    const onVisible = () => document.visibilityState === "visible" && setAsked((times) => times + 1);
    const onShow = (event: PageTransitionEvent) => event.persisted && window.location.reload();
    document.addEventListener("visibilitychange", onVisible);
    window.addEventListener("pageshow", onShow);
    return () => {
      document.removeEventListener("visibilitychange", onVisible);
      window.removeEventListener("pageshow", onShow);
    };
  }, []);

  const left = heard === null ? null : leftNow(heard);
  const warning = left === null ? null : sessionWarning(left);
  useEffect(() => {
    if (warning === null) return;
    const timer = setInterval(() => setTick((tick) => tick + 1), 1000);
    return () => clearInterval(timer);
  }, [warning]);

  return { left, warning, ask: () => setAsked((times) => times + 1) };
}
