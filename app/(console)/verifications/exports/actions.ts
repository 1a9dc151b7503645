"use server";

import { z } from "zod";
import { defineAction } from "#lib/action/define-action.ts";
import { consoleSettings } from "#lib/console/runtime.ts";
import { composeFilters } from "#lib/history-exports/compose-filters.ts";
import { openExport } from "#lib/history-exports/open-export.ts";
import { kindsFor } from "#lib/history-exports/rules.ts";
import { exportFormSchema } from "#lib/history-exports/schema.ts";
import { settleExport } from "#lib/history-exports/settle-export.ts";
import { parseVerificationsSearch } from "../search-params.ts";

export const openExportAction = defineAction({
  name: "history.export",
  permission: "verifications.export",
  input: exportFormSchema,
  refreshes: false,
  run: async ({ db, viewer, at }, { what, reason, search }) => {
    if (!kindsFor(viewer.grant).includes(what.kind)) return { ok: false, code: "forbidden" };
    const { filters } = parseVerificationsSearch(Object.fromEntries(new URLSearchParams(search)));
    const wanted = { ...what, filters: composeFilters(filters, at, consoleSettings().timeZone), reason };
    const actor = { id: viewer.memberId, role: viewer.role };
    return { ok: true, data: await openExport(db, wanted, actor, at) };
  },
});

export const cancelExportAction = defineAction({
  name: "history.cancel_export",
  permission: "verifications.read",
  input: z.object({ exportId: z.uuid() }),
  refreshes: false,
  run: async ({ db, viewer: { memberId, role }, at }, { exportId }) => {
    const ended = { stage: "cancelled" } as const;
    const isCancelled = await settleExport(db, { exportId, memberId, ended }, { id: memberId, role }, at);
    return isCancelled ? { ok: true, data: {} } : { ok: false, code: "conflict" };
  },
});
