/**
 * A costly read whose answer is good for everybody for `keptMs` in this process, from when it was asked for. Who asks
 * meanwhile waits for the same one; one that failed is asked for anew.
 */
export function remember<T>(keptMs: number, read: () => Promise<T>): () => Promise<T> {
  let kept: { askedAtMs: number; answer: Promise<T> } | null = null;
  return () => {
    // The clock of the process, which no change of the date moves.
    const nowMs = performance.now();
    if (kept !== null && nowMs - kept.askedAtMs < keptMs) return kept.answer;
    const mine = { askedAtMs: nowMs, answer: read() };
    kept = mine;
    mine.answer.catch(() => {
      if (kept === mine) kept = null;
    });
    return mine.answer;
  };
}
