"use client";

import { useState } from "react";
import { useProven } from "#components/proof/step-up.tsx";
import type { ActionError, ActionResult } from "#lib/errors.ts";
import { CONSOLE_LIMITS, type ImportAnswer } from "#lib/people-import/types.ts";

export type ImportAct = (form: FormData) => Promise<ActionResult<ImportAnswer>>;

/** A file on its way: looked through, then imported. The file stays chosen until another takes its place. */
export type ImportState = {
  file: File | null;
  withErased: boolean;
  busy: "examine" | "run" | null;
  preview: ImportAnswer | null;
  result: ImportAnswer | null;
  error: ActionError | null;
};

const NOTHING: ImportState = {
  file: null,
  withErased: false,
  busy: null,
  preview: null,
  result: null,
  error: null,
};

const formOf = (file: File, withErased: boolean): FormData => {
  const form = new FormData();
  form.set("file", file);
  if (withErased) form.set("withErased", "on");
  return form;
};

export function useImport(acts: { examine: ImportAct; run: ImportAct }) {
  const examineFile = useProven(acts.examine);
  const runFile = useProven(acts.run);
  const [state, setState] = useState<ImportState>(NOTHING);

  async function examine(file: File, withErased: boolean) {
    if (file.size > CONSOLE_LIMITS.maxBytes) {
      setState({ ...NOTHING, file, preview: { ok: false, trouble: "too_big", line: null } });
      return;
    }
    // What is known of the file stays in view while it is looked through again.
    setState((now) => ({
      ...(now.file === file ? now : NOTHING),
      file,
      withErased,
      busy: "examine",
      error: null,
    }));
    const done = await examineFile(formOf(file, withErased));
    setState((now) => ({
      ...now,
      busy: null,
      ...(done.ok ? { preview: done.data, error: null } : { error: done.error }),
    }));
  }

  async function run() {
    const { file, withErased, busy } = state;
    if (file === null || busy !== null) return;
    setState((now) => ({ ...now, busy: "run", error: null }));
    const done = await runFile(formOf(file, withErased));
    setState((now) => ({
      ...now,
      busy: null,
      ...(done.ok ? { result: done.data, error: null } : { error: done.error }),
    }));
  }

  return { state, examine, run };
}
