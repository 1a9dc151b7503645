"use server";

import { z } from "zod";
import { defineAction } from "#lib/action/define-action.ts";
import { checkedApi } from "#lib/console/checked-api.ts";
import { haltRun } from "#lib/integration-checks/halt-run.ts";

import { openRun } from "#lib/integration-checks/open-run.ts";

export const openRunAction = defineAction({
  name: "integration_run.open",
  permission: "integration.run",
  input: z.object({}),
  run: async ({ db, viewer, at }) => {
    const opened = await openRun(db, checkedApi(), { id: viewer.memberId, role: viewer.role }, at);
    return opened.ok ? { ok: true, data: null } : { ok: false, code: "conflict" };
  },
});

export const haltRunAction = defineAction({
  name: "integration_run.halt",
  permission: "integration.run",
  input: z.object({ runId: z.uuid() }),
  run: async ({ db, viewer, at }, { runId }) => {
    const halted = await haltRun(db, runId, { id: viewer.memberId, role: viewer.role }, at);
    return halted.ok ? { ok: true, data: null } : halted;
  },
});
