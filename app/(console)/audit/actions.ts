"use server";

import { z } from "zod";
import { defineAction } from "#lib/action/define-action.ts";
import { requestVerification } from "#lib/audit/request-verification.ts";
import { openExport } from "#lib/audit-log/open-export.ts";
import { recordLogSearch } from "#lib/audit-log/record-log-search.ts";
import { requestCheckpoint } from "#lib/audit-log/request-checkpoint.ts";
import { EXPORT_KINDS } from "#lib/audit-log/types.ts";
import { consoleAuditKey } from "#lib/console/audit.ts";
import { customIdSchema } from "#lib/people/schema.ts";
import { parseAuditSearch } from "./search-params.ts";

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

/** The list as its address says it: read like the page reads it. */
const searchSchema = z
  .string()
  .max(4000)
  .transform((text) => parseAuditSearch(Object.fromEntries(new URLSearchParams(text))));

export const openExportAction = defineAction({
  name: "audit.export",
  permission: "audit.export",
  input: z.object({ what: z.enum(EXPORT_KINDS), search: searchSchema }),
  refreshes: false,
  run: async ({ db, viewer, at }, { what, search: { filters } }) => {
    const actor = { id: viewer.memberId, role: viewer.role };
    return { ok: true, data: await openExport(db, { what, filters }, actor, at) };
  },
});

export const verifyLogAction = defineAction({
  name: "audit.verify",
  permission: "audit.verify",
  input: z.undefined(),
  run: async ({ db, viewer, at }) => {
    const actor = { id: viewer.memberId, role: viewer.role };
    return { ok: true, data: await requestVerification(db, actor, at) };
  },
});

export const signCheckpointAction = defineAction({
  name: "audit.sign",
  permission: "audit.verify",
  input: z.undefined(),
  run: async ({ db, viewer, at }) => {
    await requestCheckpoint(db, { id: viewer.memberId, role: viewer.role }, at);
    return { ok: true, data: {} };
  },
});
