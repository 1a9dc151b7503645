import type { FaultPlan } from "#sandbox/faults.ts";
import { CannotSeed } from "../seed/arguments.ts";

export type SandboxFaults = {
  /** Puts these faults in the place of those in force; the same ones again ask nothing of the sandbox. */
  put(plan: FaultPlan): Promise<void>;
};

/** The switch for what the sandbox does wrong. */
export function sandboxFaults({ url, apiKey }: { url: string; apiKey: string }): SandboxFaults {
  let inForce = "";
  return {
    async put(plan) {
      const wanted = JSON.stringify(plan);
      if (wanted === inForce) return;
      const answer = await fetch(`${url}/__sandbox/faults`, {
        method: "PUT",
        headers: { "content-type": "application/json", "Ocp-Apim-Subscription-Key": apiKey },
        body: wanted,
        signal: AbortSignal.timeout(5_000),
      }).catch(() => null);
      if (!answer?.ok)
        throw new CannotSeed(
          `The sandbox at ${url} does not take faults (${answer?.status ?? "no answer"}).`,
        );
      inForce = wanted;
    },
  };
}
