"use server";

import { z } from "zod";
import { defineAction } from "#lib/action/define-action.ts";
import { closeCampaign } from "#lib/campaigns/close-campaign.ts";
import { issueTesters } from "#lib/campaigns/issue-testers.ts";
import { openCampaign } from "#lib/campaigns/open-campaign.ts";
import { campaignSchema, testerCountSchema } from "#lib/campaigns/schema.ts";
import { withdrawTester } from "#lib/campaigns/withdraw-tester.ts";
import { checkedApi } from "#lib/console/checked-api.ts";
import { handOver, memberOf, outcomeOf } from "./outcomes.ts";

export const openCampaignAction = defineAction({
  name: "campaign.open",
  permission: "campaign.change",
  input: campaignSchema,
  run: async ({ db, viewer, at }, input) =>
    outcomeOf(await openCampaign(db, input, checkedApi(), memberOf(viewer), at)),
});

export const issueTestersAction = defineAction({
  name: "campaign_tester.issue",
  permission: "campaign.change",
  input: testerCountSchema,
  run: async ({ db, viewer, at }, input) =>
    handOver(await issueTesters(db, input, checkedApi(), memberOf(viewer), at)),
});

export const withdrawTesterAction = defineAction({
  name: "campaign_tester.withdraw",
  permission: "campaign.change",
  input: z.object({ testerId: z.uuid() }),
  run: async ({ db, viewer, at }, input) => {
    const withdrawn = outcomeOf(await withdrawTester(db, input, memberOf(viewer), at));
    return withdrawn.ok ? { ok: true, data: null } : withdrawn;
  },
});

export const closeCampaignAction = defineAction({
  name: "campaign.close",
  permission: "campaign.change",
  input: z.object({ campaignId: z.uuid() }),
  run: async ({ db, viewer, at }, input) => {
    const closed = outcomeOf(await closeCampaign(db, input, memberOf(viewer), at));
    return closed.ok ? { ok: true, data: null } : closed;
  },
});
