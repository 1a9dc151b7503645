"use client";

import { useCallback, useState } from "react";
import type { ActionResult } from "#lib/errors.ts";
import { CUSTOM_ID_MAX, LIST_MAX, type ListAnswer, type SearchPurpose } from "#lib/people/types.ts";
import { splitPasted } from "./split-pasted.ts";

export type FindListed = (input: {
  customIds: string[];
  purpose: SearchPurpose;
}) => Promise<ActionResult<ListAnswer>>;

/** A list that was pasted, and what came of it; `result` is null while it is looked up. */
export type PastedList =
  | { customIds: string[]; trouble: "tooMany" | "tooLong" }
  | { customIds: string[]; trouble: null; result: ActionResult<ListAnswer> | null };

/** Takes a pasted list of CustomIDs and looks all of them up at once. */
export function usePastedList(findListed: FindListed, purpose: SearchPurpose) {
  const [list, setList] = useState<PastedList | null>(null);

  /** True when the text is a list and was taken; any other text is for the box. */
  const take = useCallback(
    (text: string): boolean => {
      const customIds = splitPasted(text);
      if (customIds.length < 2) return false;
      if (customIds.length > LIST_MAX) setList({ customIds, trouble: "tooMany" });
      else if (customIds.some(({ length }) => length > CUSTOM_ID_MAX))
        setList({ customIds, trouble: "tooLong" });
      else {
        const asked: PastedList = { customIds, trouble: null, result: null };
        setList(asked);
        void findListed({ customIds, purpose }).then((result) =>
          // Another list may have been pasted meanwhile.
          setList((now) => (now === asked ? { ...asked, result } : now)),
        );
      }
      return true;
    },
    [findListed, purpose],
  );

  return { list, take, clear: useCallback(() => setList(null), []) };
}
