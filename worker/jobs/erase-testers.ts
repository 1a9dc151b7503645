import { eraseTesters } from "#lib/campaigns/erase-testers.ts";
import { settleLostTries } from "#lib/campaigns/settle-try.ts";
import { CAMPAIGN_CHANNEL } from "#lib/campaigns/types.ts";
import type { ErasureDesk } from "#lib/integration-checks/erase-made-up.ts";
import type { Multibiometrics } from "#lib/multibiometrics/types.ts";
import type { Job } from "../run-jobs.ts";

type Settings = Pick<ErasureDesk, "quietMs"> & { api: Pick<Multibiometrics, "delete" | "origin"> };

/** Deletes the biometrics of testers whose part in a campaign is over, and ends tries that were cut off. */
export const eraseTestersJob = ({ api, quietMs }: Settings): Job => ({
  name: "erase-testers",
  everyMs: 10_000,
  wokenBy: CAMPAIGN_CHANNEL,
  async run({ database: { db }, clock, log, signal }) {
    await settleLostTries(db, clock());
    const left = await eraseTesters({ db, api, clock, signal, quietMs }, api.origin);
    if (left > 0) log.warn({ left }, "testers may still be at the API; they are tried again");
  },
});
