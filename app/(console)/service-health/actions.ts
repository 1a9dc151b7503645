"use server";

import { defineAction } from "#lib/action/define-action.ts";
import { putSwitch } from "#lib/circuit/put-switch.ts";
import { openCircuitSchema, releaseCircuitSchema } from "#lib/circuit/schema.ts";

export const openCircuitAction = defineAction({
  name: "circuit.open",
  permission: "circuit.change",
  input: openCircuitSchema,
  run: async ({ db, viewer, at }, { version: seenVersion, ...setting }) => {
    const actor = { id: viewer.memberId, role: viewer.role };
    const put = await putSwitch(db, { seenVersion, ...setting }, actor, at);
    return put.ok ? { ok: true, data: null } : { ok: false, code: "conflict" };
  },
});

export const releaseCircuitAction = defineAction({
  name: "circuit.release",
  permission: "circuit.change",
  input: releaseCircuitSchema,
  run: async ({ db, viewer, at }, { version: seenVersion, reason }) => {
    const actor = { id: viewer.memberId, role: viewer.role };
    const put = await putSwitch(db, { seenVersion, minutes: null, reason }, actor, at);
    return put.ok ? { ok: true, data: null } : { ok: false, code: "conflict" };
  },
});
