"use client";

import { useRouter } from "next/navigation";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { askRoute } from "#components/layout/ask-route.ts";
import type { BatchFigures } from "#lib/request-batches/types.ts";

const LOOK_EVERY_MS = 1_500;
const RESTING = ["checked", "awaiting_approval", "completed"];

const FiguresContext = createContext<BatchFigures | null>(null);

/** The newest figures of the list whose page this is. */
export function useBatchFigures(): BatchFigures {
  const figures = useContext(FiguresContext);
  if (figures === null) throw new Error("There is no list around this.");
  return figures;
}

type BatchLiveProps = { batchId: string; figures: BatchFigures; children: ReactNode };

/**
 * Keeps the figures of a list new. They change in place; only where the list goes a step on does the page turn into what
 * is next. Rows and results stay as they are under the reader's hand.
 */
export function BatchLive({ batchId, figures: given, children }: BatchLiveProps) {
  const router = useRouter();
  const [heard, setHeard] = useState<BatchFigures | null>(null);
  const { state, version } = given;
  useEffect(() => {
    const stop = new AbortController();
    const end = () => clearInterval(timer);
    async function look() {
      if (document.hidden) return;
      const answer = await askRoute<BatchFigures>(`/api/request-batches/${batchId}`, stop.signal, end);
      if (answer === null) return;
      setHeard(answer);
      if (answer.state !== state || answer.version !== version) router.refresh();
    }
    // A list that waits for somebody is looked at too, but not as often: somebody else may act on it.
    const timer = setInterval(look, RESTING.includes(state) ? 4 * LOOK_EVERY_MS : LOOK_EVERY_MS);
    return () => {
      end();
      stop.abort();
    };
  }, [batchId, state, version, router]);
  const newest = heard !== null && heard.at > given.at ? heard : given;
  return <FiguresContext value={newest}>{children}</FiguresContext>;
}
