import type { Multibiometrics } from "#lib/multibiometrics/types.ts";
import type { PolicyValues } from "#lib/policies/schema.ts";
import { faultOf } from "./rules.ts";
import type { Capture, CaptureFault, Screening } from "./types.ts";

/** What is left of the time one person waits; every call of a verification draws on it. */
export type Budget = { remainingMs(): number };

type Api = Pick<Multibiometrics, "checkIcao" | "checkLiveness" | "detectFaces">;

/** A call that cannot end in this time would only cost. */
const SHORTEST_CALL_MS = 150;

/** Asks what the policy wants to know of a face before it is compared, all at once. Never throws. */
export async function screenCapture(
  api: Api,
  { face }: Pick<Capture, "face">,
  policy: Pick<PolicyValues, "qualityChecked" | "livenessRequired">,
  budget: Budget,
): Promise<Screening> {
  if (face === undefined) return { quality: null, liveness: null };
  const options = { totalTimeoutMs: budget.remainingMs() };
  const [quality, liveness] = await Promise.all([
    policy.qualityChecked ? api.checkIcao(face, options) : null,
    policy.livenessRequired ? api.checkLiveness(face, options) : null,
  ]);
  return { quality, liveness };
}

/**
 * Finds out why the API could not use a face, because its answer does not say: so the person can be told what to
 * change. Asks only within the time left, and knows no better than "try again" when nobody answers. Never throws.
 */
export async function diagnoseFace(
  api: Api,
  face: string,
  known: Screening | null,
  budget: Budget,
): Promise<CaptureFault> {
  const totalTimeoutMs = budget.remainingMs();
  const liveness = known?.liveness?.ok ? known.liveness.value.result : null;
  if (totalTimeoutMs < SHORTEST_CALL_MS) return faultOf({ faces: null, report: null, liveness });
  const options = { totalTimeoutMs };
  const [faces, quality] = await Promise.all([
    api.detectFaces(face, options),
    known?.quality ?? api.checkIcao(face, options),
  ]);
  return faultOf({
    faces: faces.ok ? faces.value.count : null,
    report: quality.ok ? quality.value : null,
    liveness,
  });
}
