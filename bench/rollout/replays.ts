import canonicalize from "canonicalize";
import { judgeStage } from "#lib/rollout-evidence/judge-stage.ts";
import type { StageInputs, Verdict } from "#lib/rollout-evidence/types.ts";

/** Whether inputs that were written as canonical JSON and read back give the verdict again, to the byte. */
export function replays(inputs: StageInputs, verdict: Verdict): boolean {
  const stored = canonicalize(inputs);
  if (stored === undefined) return false;
  return canonicalize(judgeStage(JSON.parse(stored))) === canonicalize(verdict);
}
