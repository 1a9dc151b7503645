"use server";

import { z } from "zod";
import { defineAction } from "#lib/action/define-action.ts";
import { putPolicy } from "#lib/policies/put-policy.ts";
import { rememberedDay } from "#lib/policies/remember-day.ts";
import { replayDay } from "#lib/policies/replay-day.ts";
import { policyReasonSchema, wholePolicySchema } from "#lib/policies/schema.ts";

export const replayPolicyAction = defineAction({
  name: "policy.replay",
  permission: "policies.read",
  refreshes: false,
  input: z.object({ values: wholePolicySchema }),
  run: async ({ db }, { values }) => ({ ok: true, data: await replayDay(db, await rememberedDay(), values) }),
});

export const changePolicyAction = defineAction({
  name: "policy.change",
  permission: "policies.change",
  input: z.object({
    values: wholePolicySchema,
    basedOnVersion: z.number().int(),
    reason: policyReasonSchema,
  }),
  run: async ({ db, viewer, at }, change) => {
    const put = await putPolicy(db, change, { id: viewer.memberId, role: viewer.role }, at);
    if (put.ok) return { ok: true, data: { version: put.policy.version } };
    return { ok: false, code: put.code === "stale_version" ? "conflict" : "invalid_input" };
  },
});
