import "server-only";
import { listMemberNames } from "#lib/audit-log/queries.ts";
import { grantOf } from "#lib/auth/policy.ts";
import { requireCaller, requireViewer } from "#lib/auth/viewer.ts";
import { consoleDatabase } from "#lib/console/runtime.ts";
import { BIOMETRIC_LOGIN_FLAG } from "#lib/rollout/schema.ts";
import { countEnrolled, findNextStart, findTemplatesProgress, listRolledBack } from "./queries.ts";
import { openListOf, templatesStandingOf } from "./rules.ts";
import type { TemplatesData, TemplatesProgress } from "./types.ts";

/** So many rollouts that were rolled back are offered. */
const ROLLED_BACK_SHOWN = 10;

/**
 * What becomes of the biometrics enrolled during a rollout that was rolled back: this one, else the latest. Null where
 * none was, or not this one.
 */
export async function loadTemplates(rolloutId: string | null): Promise<TemplatesData | null> {
  const viewer = await requireViewer("rollout.read");
  const db = consoleDatabase();
  const now = new Date();
  const rolledBack = await listRolledBack(db, ROLLED_BACK_SHOWN);
  const rollout = rolledBack.find(({ id }) => rolloutId === null || id === rolloutId);
  if (rollout === undefined) return null;
  const { startedAt } = rollout;
  const next = await findNextStart(db, { flag: BIOMETRIC_LOGIN_FLAG, after: startedAt });
  const [progress, enrolled, names] = await Promise.all([
    findTemplatesProgress(db, rollout.id),
    countEnrolled(db, { from: startedAt, to: next ?? now }),
    listMemberNames(db),
  ]);
  return {
    rollout,
    enrolled,
    progress,
    standing: templatesStandingOf(progress, enrolled),
    openList: openListOf(progress),
    chosenBy: progress === null ? null : (names[progress.chosenBy] ?? null),
    stamp: stampOf(progress),
    others: rolledBack.filter(({ id }) => id !== rollout.id),
    mayChoose: grantOf(viewer.role, "rollout.settle_templates") !== null,
    mayReadLists: grantOf(viewer.role, "request.read") !== null,
  };
}

/** What changes whenever the choice or what came of it does, for the page that follows along. No use of the session. */
export async function loadTemplatesStamp(rolloutId: string): Promise<string> {
  await requireCaller("rollout.read", { isUse: false });
  return stampOf(await findTemplatesProgress(consoleDatabase(), rolloutId));
}

function stampOf(progress: TemplatesProgress | null): string {
  if (progress === null) return "";
  const { settlementId, settled, doneAt, erased, lists } = progress;
  return [settlementId, settled, doneAt?.getTime(), erased, ...lists.map(({ state }) => state)].join(" ");
}
