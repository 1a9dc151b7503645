import { listLostExports } from "#lib/history-exports/queries.ts";
import { settleExport } from "#lib/history-exports/settle-export.ts";
import type { Job } from "../run-jobs.ts";

const SYSTEM = { id: null, role: "system" } as const;

/** Writes down the end of exports that nobody fetched, and of those whose console ended on the way. */
export const settleExportsJob: Job = {
  name: "settle-exports",
  everyMs: 60_000,
  async run({ database: { db }, clock }) {
    const now = clock();
    for (const { id: exportId, rows, state } of await listLostExports(db, now)) {
      const ended =
        state === "asked" ? ({ stage: "expired" } as const) : ({ stage: "broken", rows } as const);
      await settleExport(db, { exportId, ended }, SYSTEM, now);
    }
  },
};
