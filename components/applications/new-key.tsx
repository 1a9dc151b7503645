"use client";

import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";
import type { NewKey } from "#lib/applications/types.ts";

const SHOWN_MINUTES = 10;

export type ShownKey = NewKey & { applicationId: string; hideAt: Date };

type NewKeyHolder = {
  shown: ShownKey | null;
  show(key: NewKey & { applicationId: string }): void;
  hide(): void;
};

const NewKeyContext = createContext<NewKeyHolder>({ shown: null, show() {}, hide() {} });

/** The key that was just made, while it may be seen. */
export const useNewKey = () => useContext(NewKeyContext);

/**
 * Holds a new key in this page's memory and nowhere else: until it is confirmed, ten minutes have passed or the page is
 * left, also where the browser keeps a left page for the way back.
 */
export function NewKeyProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<ShownKey | null>(null);
  const hide = useCallback(() => setShown(null), []);
  const show = useCallback((key: NewKey & { applicationId: string }) => {
    setShown({ ...key, hideAt: new Date(Date.now() + SHOWN_MINUTES * 60_000) });
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
  const holder = useMemo(() => ({ shown, show, hide }), [shown, show, hide]);
  return <NewKeyContext value={holder}>{children}</NewKeyContext>;
}
