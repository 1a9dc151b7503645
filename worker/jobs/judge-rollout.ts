import { ROLLOUT_EVIDENCE_CHANNEL } from "#lib/rollout/schema.ts";
import { judgeRollout } from "#lib/rollout-judging/judge-rollout.ts";
import { paceMsOf } from "#lib/rollout-judging/rules.ts";
import { createUnleashAdmin } from "#lib/unleash/admin.ts";
import type { Job } from "../run-jobs.ts";

type Settings = {
  unleash: { url: string; adminToken: string; environment: string };
  timeZone: string;
};

/**
 * Judges the open stage every minute, or with each slice where the plan's are shorter, and does what the rule decided by
 * itself. A reported false accept is judged at once.
 */
export function judgeRolloutJob({ unleash, timeZone }: Settings): Job {
  const admin = createUnleashAdmin(unleash);
  const { environment } = unleash;
  let nextAt = 0;
  return {
    name: "judge-rollout",
    everyMs: 1_000,
    wokenBy: ROLLOUT_EVIDENCE_CHANNEL,
    async run({ database: { db }, clock, log, signal }, wasWoken) {
      const startedAt = clock().getTime();
      if (!wasWoken && startedAt < nextAt) return;
      const judged = await judgeRollout({ db, admin, environment, clock, timeZone, signal });
      nextAt = startedAt + paceMsOf(judged?.sliceMinutes ?? null, judged?.act?.ok === false);
      if (judged?.act == null) return;
      const { act, stageId, verdict } = judged;
      log.info({ stageId, decision: verdict.decision, reason: verdict.reason, act }, "followed a verdict");
    },
  };
}
