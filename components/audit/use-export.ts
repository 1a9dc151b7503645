import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { useProven } from "#components/proof/step-up.tsx";
import type { ExportKind } from "#lib/audit-log/types.ts";
import type { ActionError, ActionResult } from "#lib/errors.ts";

export type ExportAct = (asked: {
  what: ExportKind;
  search: string;
}) => Promise<ActionResult<{ exportId: string }>>;

export type ExportState =
  | { step: "idle" }
  | { step: "asking" }
  /** So many lines have come. */
  | { step: "coming"; lines: number }
  | { step: "done"; lines: number }
  | { step: "failed"; error: ActionError | null };

/** Progress is told at most this often, in lines. */
const TELL_EVERY = 500;
const NEWLINE = 10;

/** Asks for an export, fetches it while saying how far it is, and hands the file over once it is whole. */
export function useExport(open: ExportAct) {
  const router = useRouter();
  const ask = useProven(open);
  const [state, setState] = useState<ExportState>({ step: "idle" });
  const stop = useRef<AbortController | null>(null);

  async function start(what: ExportKind, search: string) {
    setState({ step: "asking" });
    const opened = await ask({ what, search }).catch(() => null);
    if (!opened?.ok) return setState({ step: "failed", error: opened?.error ?? null });
    stop.current = new AbortController();
    try {
      const path = `/api/audit/exports/${opened.data.exportId}`;
      const response = await fetch(path, { signal: stop.current.signal });
      if (!response.ok || response.body === null) throw new Error(`answered ${response.status}`);
      setState({ step: "coming", lines: 0 });
      const { file, lines } = await readLines(response.body, (come) =>
        setState({ step: "coming", lines: come }),
      );
      save(file, nameIn(response.headers.get("Content-Disposition")));
      setState({ step: "done", lines });
      router.refresh();
    } catch {
      setState(stop.current.signal.aborted ? { step: "idle" } : { step: "failed", error: null });
    }
  }

  const cancel = () => {
    stop.current?.abort();
    setState({ step: "idle" });
  };
  return { state, start, cancel };
}

async function readLines(body: ReadableStream<Uint8Array<ArrayBuffer>>, onProgress: (lines: number) => void) {
  const parts: Blob[] = [];
  let lines = 0;
  let told = 0;
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    // A blob may lie on the disk: the file need not fit into memory.
    parts.push(new Blob([value]));
    for (const byte of value) if (byte === NEWLINE) lines += 1;
    if (lines - told >= TELL_EVERY) {
      told = lines;
      onProgress(lines);
    }
  }
  return { file: new Blob(parts), lines };
}

const nameIn = (disposition: string | null): string =>
  /filename="([^"]+)"/.exec(disposition ?? "")?.[1] ?? "gatehouse-audit";

function save(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
