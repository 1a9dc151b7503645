"use server";

import { defineAction } from "#lib/action/define-action.ts";
import { settleTemplatesSchema } from "#lib/templates/schema.ts";
import { settleTemplates } from "#lib/templates/settle-templates.ts";

export const settleTemplatesAction = defineAction({
  name: "rollout.settle_templates",
  permission: "rollout.settle_templates",
  input: settleTemplatesSchema,
  run: async ({ db, viewer, at }, wanted) => {
    const settled = await settleTemplates(db, wanted, { id: viewer.memberId, role: viewer.role }, at);
    if (settled.ok) return { ok: true, data: null };
    if (settled.code === "not_found") return { ok: false, code: "not_found" };
    if (settled.code === "stale_choice") return { ok: false, code: "conflict" };
    return { ok: false, code: "invalid_input", fields: { templates: [settled.code] } };
  },
});
