import { useCallback, useEffect, useState } from "react";
import { SEARCH_PURPOSES, type SearchPurpose } from "#lib/people/types.ts";

const KEY = "gatehouse.search.purpose";
const USUAL: SearchPurpose = "support_call";

/** Why this reader looks for people, as they last said it in this browser. */
export function usePurpose(): [SearchPurpose, (purpose: SearchPurpose) => void] {
  const [purpose, setPurpose] = useState(USUAL);
  // Read after the first drawing: the server cannot know it, and both must draw the same.
  useEffect(() => {
    const stored = readStored();
    setPurpose(SEARCH_PURPOSES.find((known) => known === stored) ?? USUAL);
  }, []);
  const change = useCallback((next: SearchPurpose) => {
    setPurpose(next);
    try {
      localStorage.setItem(KEY, next);
    } catch {
      // A browser without storage keeps the choice until the page is left.
    }
  }, []);
  return [purpose, change];
}

function readStored(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
