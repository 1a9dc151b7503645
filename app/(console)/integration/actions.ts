"use server";

import { z } from "zod";
import { defineAction } from "#lib/action/define-action.ts";
import { checkedApi } from "#lib/console/checked-api.ts";
import { planFor } from "#lib/contract-checks/catalogue.ts";
import { haltRun } from "#lib/integration-checks/halt-run.ts";

import { openRun } from "#lib/integration-checks/open-run.ts";

export const openRunAction = defineAction({
  name: "integration_run.open",
  permission: "integration.run",
  // What the dialog said that a run spends: another plan than the one agreed to is not made.
  input: z.object({ calls: z.coerce.number().int().positive() }),
  run: async ({ db, viewer, at }, { calls }) => {
    const api = checkedApi();
    if (calls !== planFor(api.kind).calls) return { ok: false, code: "conflict" };
    const opened = await openRun(db, api, { id: viewer.memberId, role: viewer.role }, at);
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
