"use server";

import { defineAction } from "#lib/action/define-action.ts";
import { consoleAuditKey } from "#lib/console/audit.ts";
import { consoleSettings } from "#lib/console/runtime.ts";
import { openRequests } from "#lib/inbox/open-requests.ts";
import { recordRequestSearch } from "#lib/inbox/record-request-search.ts";
import { openRequestsSchema, requestSearchSchema } from "#lib/inbox/schema.ts";

export const findRequestsAction = defineAction({
  name: "request.search",
  permission: "request.read",
  input: requestSearchSchema,
  refreshes: false,
  run: async ({ db, viewer, at }, { text }) => {
    const actor = { id: viewer.memberId, role: viewer.role };
    const by = { actor, auditKey: consoleAuditKey() };
    return { ok: true, data: await recordRequestSearch(db, text, by, at) };
  },
});

export const openRequestsAction = defineAction({
  name: "request.open",
  permission: "request.open",
  input: openRequestsSchema,
  run: async ({ db, viewer, at }, intake) => {
    const actor = { id: viewer.memberId, role: viewer.role };
    const by = { actor, auditKey: consoleAuditKey(), timeZone: consoleSettings().timeZone };
    const done = await openRequests(db, intake, by, at);
    return done.ok
      ? { ok: true, data: done.opened }
      : { ok: false, code: "invalid_input", fields: { receivedOn: [done.code] } };
  },
});
