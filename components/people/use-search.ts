"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { ActionResult } from "#lib/errors.ts";
import type { PeopleFilters, SearchAnswer, SearchPurpose } from "#lib/people/types.ts";

export type SearchInput = { text: string; filters: PeopleFilters; purpose: SearchPurpose };
export type SearchAction = (input: SearchInput) => Promise<ActionResult<SearchAnswer>>;
export type SettleAction = (input: SearchInput) => Promise<ActionResult<null>>;

/** What the last finished search said, and for which text. */
export type Found = { input: SearchInput; result: ActionResult<SearchAnswer> };

const PAUSE_MS = 150;
/** After this rest a search counts as settled and is noted once. */
const SETTLED_MS = 2000;

/**
 * Searches while somebody types: one search at a time, always for the newest text. `settle` notes the search in view,
 * once; it happens by itself after two seconds of rest, and is called when a result is opened.
 */
export function useSearch(input: SearchInput, search: SearchAction, settleAction: SettleAction) {
  const [found, setFound] = useState<Found | null>(null);
  const [searching, setSearching] = useState(false);
  const wanted = useRef(input);
  const running = useRef(false);
  const settled = useRef<SearchInput | null>(null);

  const run = useCallback(async () => {
    if (running.current) return;
    running.current = true;
    setSearching(true);
    let asked: SearchInput | null = null;
    while (asked !== wanted.current && wanted.current.text.trim() !== "") {
      asked = wanted.current;
      const result = await search(asked);
      if (asked === wanted.current) setFound({ input: asked, result });
    }
    running.current = false;
    setSearching(false);
  }, [search]);

  useEffect(() => {
    wanted.current = input;
    if (input.text.trim() === "") {
      setFound(null);
      return;
    }
    const timer = setTimeout(() => void run(), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [input, run]);

  const settle = useCallback(() => {
    if (found === null || !found.result.ok || settled.current === found.input) return;
    settled.current = found.input;
    void settleAction(found.input);
  }, [found, settleAction]);

  useEffect(() => {
    if (found === null) return;
    const timer = setTimeout(settle, SETTLED_MS);
    return () => clearTimeout(timer);
  }, [found, settle]);

  return { found, searching, settle };
}
