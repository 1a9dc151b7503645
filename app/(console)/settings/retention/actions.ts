"use server";

import { z } from "zod";
import { defineAction } from "#lib/action/define-action.ts";
import { putRetention } from "#lib/retention/put-retention.ts";
import { retentionReasonSchema, retentionValuesSchema } from "#lib/retention/schema.ts";

export const changeRetentionAction = defineAction({
  name: "retention.change",
  permission: "retention.change",
  input: z.object({
    values: retentionValuesSchema,
    basedOnVersion: z.number().int(),
    reason: retentionReasonSchema,
  }),
  run: async ({ db, viewer, at }, change) => {
    const put = await putRetention(db, change, { id: viewer.memberId, role: viewer.role }, at);
    if (put.ok) return { ok: true, data: { version: put.retention.version } };
    return { ok: false, code: put.code === "stale_version" ? "conflict" : "invalid_input" };
  },
});
