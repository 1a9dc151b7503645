import { useState } from "react";
import { useCountdown } from "#components/ui/use-countdown.ts";
import type { Prove } from "./types.ts";

/** What went wrong with a proof: nothing was typed, it does not fit, or it could not be checked at all. */
export type ProofFailure = "missing" | "wrong" | "throttled" | "signed_out" | "failed";

/** Sends what is typed as a proof and keeps what came of it; a try too many waits until it may be repeated. */
export function useProof(prove: Prove, onProved: () => void) {
  const [failure, setFailure] = useState<ProofFailure | null>(null);
  const [busy, setBusy] = useState(false);
  const [secondsLeft, startCountdown] = useCountdown();

  async function submit(typed: string) {
    if (busy || secondsLeft > 0) return;
    if (typed.trim() === "") return setFailure("missing");
    setBusy(true);
    const result = await prove({ typed });
    setBusy(false);
    if (!result.ok) return setFailure(result.error.code === "signed_out" ? "signed_out" : "failed");
    if (result.data.proved) {
      setFailure(null);
      return onProved();
    }
    setFailure(result.data.code);
    if (result.data.code === "throttled") startCountdown(result.data.waitSeconds);
  }

  const waits = failure === "throttled" && secondsLeft > 0;
  return { failure: failure === "throttled" && !waits ? null : failure, busy, secondsLeft, waits, submit };
}
