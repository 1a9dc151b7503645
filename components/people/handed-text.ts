import { useEffect, useState } from "react";

let handed = "";

/**
 * Hands a text on to the search of another room. It stays in this page's memory: a CustomID must not travel in a URL or lie
 * in the browser's storage.
 */
export function handText(text: string): void {
  handed = text;
}

/** The text of a search, begun with what was handed on, which is used once. */
export function useHandedText(): [string, (text: string) => void] {
  // Only looked at here: what React draws first it may throw away and draw again.
  const [text, setText] = useState(() => handed);
  useEffect(() => {
    handed = "";
  }, []);
  return [text, setText];
}
