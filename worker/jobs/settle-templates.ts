import { listOpenSettlements } from "#lib/templates/queries.ts";
import { resumeSettlement } from "#lib/templates/resume-settlement.ts";
import type { SettlementDesk } from "#lib/templates/types.ts";
import type { Job } from "../run-jobs.ts";

type Settings = Pick<SettlementDesk, "auditKey" | "timeZone">;

/** Carries out what was chosen for the templates of a rollout that was rolled back, in small steps. */
export const settleTemplatesJob = (settings: Settings): Job => ({
  name: "settle-templates",
  everyMs: 5_000,
  async run({ database: { db }, clock, signal }) {
    const desk = { ...settings, db, clock };
    for (const settlementId of await listOpenSettlements(db)) {
      while (!signal.aborted && (await resumeSettlement(desk, settlementId)));
    }
  },
});
