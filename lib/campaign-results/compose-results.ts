import type { DatabaseOrTransaction } from "#db/client.ts";
import { countSwapped, findCampaign, listCells, listFailures, listTesters } from "./queries.ts";
import { cellsOf, flawsIn, totalsOf, weakSpotOf } from "./rules.ts";
import type { CampaignResults } from "./types.ts";

/** Everything that is told of one campaign; null for an unknown one. */
export async function composeResults(
  db: DatabaseOrTransaction,
  campaignId: string,
): Promise<CampaignResults | null> {
  const campaign = await findCampaign(db, campaignId);
  if (campaign === null) return null;
  const [counts, failures, swapped, testers] = await Promise.all([
    listCells(db, campaignId),
    listFailures(db, campaignId),
    countSwapped(db, campaignId),
    listTesters(db, campaignId),
  ]);
  const cells = cellsOf(campaign, counts);
  return {
    ...{ campaign, cells, failures, swapped, testers },
    totals: totalsOf(cells),
    weakSpot: weakSpotOf(campaign, cells),
    flaws: flawsIn(cells),
  };
}
