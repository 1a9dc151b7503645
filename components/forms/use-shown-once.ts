import { useCallback, useEffect, useMemo, useState } from "react";

const SHOWN_MINUTES = 10;

/** A secret with when it goes by itself. */
export type ShownOnce<Secret> = Secret & { hideAt: Date };

/**
 * Holds a secret that was just made in this page's memory and nowhere else: until it is hidden, ten minutes have passed
 * or the page is left, also where the browser keeps a left page for the way back.
 */
export function useShownOnce<Secret extends object>() {
  const [shown, setShown] = useState<ShownOnce<Secret> | null>(null);
  const hide = useCallback(() => setShown(null), []);
  const show = useCallback((secret: Secret) => {
    setShown({ ...secret, hideAt: new Date(Date.now() + SHOWN_MINUTES * 60_000) });
  }, []);
  useEffect(() => {
    if (shown === null) return;
    const timer = setTimeout(hide, shown.hideAt.getTime() - Date.now());
    window.addEventListener("pagehide", hide);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("pagehide", hide);
    };
  }, [shown, hide]);
  return useMemo(() => ({ shown, show, hide }), [shown, show, hide]);
}
