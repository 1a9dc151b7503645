import "server-only";
import { readViewer } from "#lib/auth/read-viewer.ts";
import { admit } from "#lib/auth/rules.ts";
import type { PermittedViewer } from "#lib/auth/types.ts";
import { requireCaller } from "#lib/auth/viewer.ts";
import { consoleHistoryWatch } from "#lib/console/history-watch.ts";
import { consoleDatabase, consoleSettings } from "#lib/console/runtime.ts";
import type { VerificationFacets } from "#lib/verifications/types.ts";
import { composeEvents } from "./compose-events.ts";
import type { TailEnd, TailEvent } from "./types.ts";

/** So often each stream asks whether its session and its right still hold, and tells that it does. */
const CHECK_EVERY_MS = 5_000;
/** Pages of one member that may watch at the same time: a browser keeps few lines to one host. */
const MOST_PER_MEMBER = 5;

/**
 * Verifications that pass the filters, told as they are recorded until the session ends; null where too many pages of this
 * member watch already. A page that is left open watches by itself: no use of the session.
 */
export async function loadLiveTail(
  facets: VerificationFacets,
): Promise<AsyncGenerator<TailEvent, void> | null> {
  const viewer = await requireCaller("verification.view", { isUse: false });
  const watch = consoleHistoryWatch();
  const { memberId } = viewer;
  if (watch.countOf(memberId) >= MOST_PER_MEMBER) return null;
  return composeEvents(watch, {
    memberId,
    facets,
    showsPeople: viewer.grant === "full",
    findEnd: () => findEnd(viewer),
    everyMs: CHECK_EVERY_MS,
  });
}

async function findEnd({ sessionId, grant }: PermittedViewer): Promise<TailEnd | null> {
  const now = new Date();
  const found = await readViewer(consoleDatabase(), sessionId, now, { isUse: false });
  if (!found.ok) return "session";
  const admitted = admit(found.viewer, "verification.view", consoleSettings().secondFactor, now);
  return admitted.ok && admitted.viewer.grant === grant ? null : "right";
}
