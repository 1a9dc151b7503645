import { useEffect, useState } from "react";
import type { ActionResult } from "#lib/errors.ts";
import type { PolicyValues } from "#lib/policies/schema.ts";
import type { DayReplay } from "#lib/policies/types.ts";

export type ReplayAction = (input: { values: PolicyValues }) => Promise<ActionResult<DayReplay>>;

/** Typing rests for so long before the day is replayed. */
const REST_MS = 400;

export type ReplayState =
  | { kind: "none" }
  | { kind: "asking" }
  | { kind: "told"; replay: DayReplay }
  | { kind: "failed" };

/** What the wanted values would have done over the last day, asked for once typing rests; an older answer is dropped. */
export function useReplay(values: PolicyValues | null, replay: ReplayAction): ReplayState {
  const asked = values === null ? null : JSON.stringify(values);
  const [told, setTold] = useState<{ of: string; state: ReplayState } | null>(null);
  useEffect(() => {
    if (asked === null) return;
    let isDropped = false;
    const timer = setTimeout(async () => {
      const result = await replay({ values: JSON.parse(asked) }).catch(() => null);
      if (isDropped) return;
      const state: ReplayState = result?.ok ? { kind: "told", replay: result.data } : { kind: "failed" };
      setTold({ of: asked, state });
    }, REST_MS);
    return () => {
      isDropped = true;
      clearTimeout(timer);
    };
  }, [asked, replay]);
  if (asked === null) return { kind: "none" };
  return told?.of === asked ? told.state : { kind: "asking" };
}
