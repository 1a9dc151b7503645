"use server";

import { z } from "zod";
import { defineAction } from "#lib/action/define-action.ts";
import { recordLogSearch } from "#lib/audit-log/record-log-search.ts";
import { consoleAuditKey } from "#lib/console/audit.ts";
import { customIdSchema } from "#lib/people/schema.ts";

export const findSubjectAction = defineAction({
  name: "audit.search",
  permission: "audit.read",
  input: z.object({ customId: customIdSchema }),
  refreshes: false,
  run: async ({ db, viewer, at }, { customId }) => {
    // People are in nobody's own area of the log.
    if (viewer.grant !== "full") return { ok: false, code: "forbidden" };
    const actor = { id: viewer.memberId, role: viewer.role };
    const subject = { customId, key: consoleAuditKey() };
    return { ok: true, data: await recordLogSearch(db, subject, actor, at) };
  },
});
