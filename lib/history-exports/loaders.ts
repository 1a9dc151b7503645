import "server-only";
import { requireCaller } from "#lib/auth/viewer.ts";
import { systemClock } from "#lib/clock.ts";
import { consoleDatabase, consoleSettings } from "#lib/console/runtime.ts";
import { isId } from "#lib/ids.ts";
import { dayOf } from "#lib/retention/rules.ts";
import { exportHistory } from "./export-history.ts";
import { findProgress } from "./queries.ts";
import { kindsFor } from "./rules.ts";
import { touchFetched } from "./touch-export.ts";

/** The bytes of an export that the caller asked for a moment ago, once; null where there is none such. Audits `history.export`. */
export async function loadExportFile(exportId: string) {
  const viewer = await requireCaller("verifications.export");
  if (!isId(exportId)) return null;
  const db = consoleDatabase();
  const { memberId, role } = viewer;
  const at = new Date();
  const taken = await touchFetched(db, { exportId, memberId, kinds: kindsFor(viewer.grant) }, at);
  if (taken === null) return null;
  const day = dayOf(at, consoleSettings().timeZone);
  return { day, kind: taken.kind, bytes: exportHistory(db, taken, { id: memberId, role }, systemClock) };
}

/** How far an export of the caller's is, for the page that waits for it; null where there is none. No use of the session. */
export async function loadExportProgress(exportId: string) {
  const { memberId } = await requireCaller("verifications.read", { isUse: false });
  return isId(exportId) ? findProgress(consoleDatabase(), { exportId, memberId }) : null;
}
