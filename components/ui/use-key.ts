"use client";

import { useEffect, useEffectEvent } from "react";

/** Where letters are written, or something else is open. */
const ELSEWHERE = "input, select, textarea, [contenteditable], dialog[open] *, [popover]:popover-open *";

/** Calls back when the letter is pressed on the page itself, without a modifier. */
export function useKey(letter: string, onPress: () => void): void {
  const pressed = useEffectEvent(onPress);
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.key !== letter || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof Element && event.target.matches(ELSEWHERE)) return;
      event.preventDefault();
      pressed();
    }
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [letter]);
}
