import type { Step } from "./advance-request.ts";

/** A request begins to be carried out, or does so again. What was waited for is over. */
export const noteStart = (act: "start" | "retry"): Step => ({
  act,
  set: () => ({ nextTryAt: null }),
  audit: (facts, { states }) => ({ ...facts, action: `request.${act}`, details: states }),
});

/** It was carried out: what is left is to prove it. */
export const noteDone = (): Step => ({
  act: "note_done",
  set: () => ({ failures: 0, nextTryAt: null }),
  audit: (facts, { states }) => ({ ...facts, action: "request.note_done", details: states }),
});

/** Nobody knows whether it was carried out; asked at the earliest at this time. */
export const noteUnknown = (askAt: Date | null): Step => ({
  act: "note_unknown",
  set: () => ({ nextTryAt: askAt }),
  audit: (facts, { states }) => ({
    ...facts,
    action: "request.note_unknown",
    details: { ...states, nextTryAt: askAt?.toISOString() ?? null },
  }),
});

/** It surely was not carried out, for the so-manieth time in a row; null where a person decides what comes next. */
export const noteFailure = (code: string, failures: number, next: Date | null): Step => ({
  act: "note_failure",
  set: () => ({ failures, nextTryAt: next }),
  audit: (facts, { states }) => ({
    ...facts,
    action: "request.note_failure",
    details: { ...states, code, nextTryAt: next?.toISOString() ?? null },
  }),
});
