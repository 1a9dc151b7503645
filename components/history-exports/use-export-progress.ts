import { useEffect, useState } from "react";
import { askRoute } from "#components/layout/ask-route.ts";
import { hasEnded } from "#lib/history-exports/rules.ts";
import type { ExportProgress } from "#lib/history-exports/types.ts";

const LOOK_EVERY_MS = 1000;

export type Followed = { id: string; progress: ExportProgress; isAway: boolean };

const begun = (rowsExpected: number): ExportProgress => ({
  state: "asked",
  rows: 0,
  rowsExpected,
  bytes: 0,
  sha256: null,
});

/** Lets the browser fetch an export, and follows it on the server until it has ended. One at a time. */
export function useExportProgress() {
  const [followed, setFollowed] = useState<Followed | null>(null);
  const id = followed?.id ?? null;
  const isOver = followed === null || hasEnded(followed.progress);
  useEffect(() => {
    if (id === null || isOver) return;
    const stop = new AbortController();
    const end = () => clearInterval(timer);
    async function look() {
      const progress = await askRoute<ExportProgress>(
        `/api/verifications/exports/${id}/progress`,
        stop.signal,
        end,
      );
      if (stop.signal.aborted) return;
      setFollowed((before) =>
        before?.id === id
          ? { ...before, progress: progress ?? before.progress, isAway: progress === null }
          : before,
      );
    }
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => {
      end();
      stop.abort();
    };
  }, [id, isOver]);
  function follow({ exportId, rowsExpected }: { exportId: string; rowsExpected: number }) {
    fetchFile(exportId);
    setFollowed({ id: exportId, progress: begun(rowsExpected), isAway: false });
  }
  return { followed, follow, forget: () => setFollowed(null) };
}

/** The browser itself takes the file, so that none of it passes through this page. */
function fetchFile(exportId: string): void {
  const link = document.createElement("a");
  link.href = `/api/verifications/exports/${exportId}`;
  link.download = "";
  link.click();
}
