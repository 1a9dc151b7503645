import "server-only";
import { grantOf } from "#lib/auth/policy.ts";
import { requireViewer } from "#lib/auth/viewer.ts";
import { consoleDatabase } from "#lib/console/runtime.ts";
import { shownAddress } from "#lib/notifications/rules.ts";
import { findLegacyProof, findProbe, listTrials } from "./queries.ts";
import { legacyAnswerOf, nextTrialAt } from "./rules.ts";

const TRIALS_SHOWN = 50;

/** Whether the legacy login works by its trials, and where they go; the whole address for who may change it. */
export async function loadLegacyLogin() {
  const viewer = await requireViewer("rollout.read");
  const db = consoleDatabase();
  const now = new Date();
  const [proof, probe, trials] = await Promise.all([
    findLegacyProof(db, now),
    findProbe(db),
    listTrials(db, TRIALS_SHOWN),
  ]);
  const mayChange = grantOf(viewer.role, "legacy_probe.change") !== null;
  return {
    now,
    answer: legacyAnswerOf(proof, now),
    proof,
    trials,
    nextAt: probe === null ? null : nextTrialAt(probe, proof.last),
    probe: probe && {
      url: mayChange ? probe.url : shownAddress("webhook", probe.url),
      everyMinutes: probe.everyMinutes,
      hasSecret: probe.sealedSecret !== null,
    },
    mayChange,
  };
}

export type LegacyLoginData = Awaited<ReturnType<typeof loadLegacyLogin>>;
