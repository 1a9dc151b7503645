"use client";

import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import type { ImportAnswer } from "#lib/early-adopters/types.ts";
import { type SendFailure, sendFile } from "./send-file.ts";

/** A file on its way: looked through, then imported. The file stays chosen until another takes its place. */
export type ImportState = {
  file: File | null;
  /** What it is being sent for, and how far it is, from 0 to 1. */
  busy: { for: "examine" | "run"; sent: number } | null;
  preview: ImportAnswer | null;
  result: ImportAnswer | null;
  failure: SendFailure | null;
};

const NOTHING: ImportState = { file: null, busy: null, preview: null, result: null, failure: null };

export function useImport() {
  const router = useRouter();
  const [state, setState] = useState<ImportState>(NOTHING);
  const running = useRef<AbortController | null>(null);

  async function send(file: File, expectedSha256: string | null) {
    running.current?.abort();
    const control = new AbortController();
    running.current = control;
    const change = (part: Partial<ImportState>) =>
      setState((now) => (running.current === control ? { ...now, ...part } : now));
    const purpose = expectedSha256 === null ? ("examine" as const) : ("run" as const);
    const onSent = (sent: number) => change({ busy: { for: purpose, sent } });
    onSent(0);
    const sent = await sendFile({ file, expectedSha256, onSent, signal: control.signal });
    if (sent.ok) change({ busy: null, [purpose === "examine" ? "preview" : "result"]: sent.answer });
    else if (sent.failure === "cancelled") change(purpose === "examine" ? NOTHING : { busy: null });
    else change({ busy: null, failure: sent.failure });
    if (sent.ok && purpose === "run") router.refresh();
  }

  return {
    state,
    examine(file: File) {
      setState({ ...NOTHING, file });
      void send(file, null);
    },
    run() {
      const { file, preview, busy } = state;
      if (file === null || busy !== null || !preview?.ok) return;
      setState((now) => ({ ...now, failure: null }));
      void send(file, preview.fileSha256);
    },
    cancel: () => running.current?.abort(),
  };
}
