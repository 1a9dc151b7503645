import { z } from "zod";

const searchSchema = z.object({ view: z.enum(["matrix", "table"]).catch("matrix") });

export type CampaignView = z.output<typeof searchSchema>["view"];

/** Reads how the cells of a campaign are to be shown; anything else is the matrix. */
export const parseCampaignSearch = (raw: Record<string, string | string[] | undefined>) =>
  searchSchema.parse(raw);

/** The address of a campaign's page. */
export const campaignPath = (campaignId: string, view: CampaignView = "matrix"): string =>
  `/integration/campaigns/${campaignId}${view === "matrix" ? "" : `?view=${view}`}`;
