import { useEffect, useState } from "react";
import { askRoute } from "#components/layout/ask-route.ts";
import type { PolicyRun } from "#lib/policies/types.ts";

/** Gateways say it at once; who does not within half a minute is asked after more seldom. */
const LOOK_EVERY_MS = 500;
const LOOK_SELDOM_MS = 5_000;
const SOON_LOOKS = 60;

const isSettled = (run: PolicyRun | null, version: number): boolean =>
  run !== null && run.version >= version && run.gateways.every(({ state }) => state === "obeys");

/** Which gateways run this version of the policy, followed until all of them do. */
export function usePolicyRun(initial: PolicyRun | null, version: number): PolicyRun | null {
  const [heard, setHeard] = useState<PolicyRun | null>(null);
  // The page's own figures are newer once it was loaded again, what was heard since once it was not.
  const run = heard !== null && heard.version >= version ? heard : initial;
  const settled = isSettled(run, version);
  useEffect(() => {
    if (settled) return;
    const stop = new AbortController();
    let looks = 0;
    let timer: ReturnType<typeof setTimeout>;
    async function look() {
      looks += 1;
      const told = document.hidden
        ? null
        : await askRoute<PolicyRun>("/api/policies/run", stop.signal, () => stop.abort());
      if (told !== null && !stop.signal.aborted) setHeard(told);
      if (!stop.signal.aborted) timer = setTimeout(look, looks < SOON_LOOKS ? LOOK_EVERY_MS : LOOK_SELDOM_MS);
    }
    timer = setTimeout(look, LOOK_EVERY_MS);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [settled]);
  return run;
}
