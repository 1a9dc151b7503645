"use server";

import { z } from "zod";
import { defineAction } from "#lib/action/define-action.ts";
import { systemClock } from "#lib/clock.ts";
import { consoleSender } from "#lib/console/notifications.ts";
import { changeProbe } from "#lib/legacy-probe/change-probe.ts";
import { endProbe } from "#lib/legacy-probe/end-probe.ts";
import { probeSchema } from "#lib/legacy-probe/schema.ts";
import { tryLegacyLogin } from "#lib/legacy-probe/try-legacy-login.ts";

const nothing = z.object({});

export const changeProbeAction = defineAction({
  name: "legacy_probe.change",
  permission: "legacy_probe.change",
  input: probeSchema,
  run: async ({ db, viewer, at }, input) => {
    const actor = { id: viewer.memberId, role: viewer.role };
    const changed = await changeProbe(db, input, consoleSender().secretKey, actor, at);
    if (changed.ok) return { ok: true, data: null };
    return { ok: false, code: "invalid_input", fields: { secret: [changed.code] } };
  },
});

export const endProbeAction = defineAction({
  name: "legacy_probe.end",
  permission: "legacy_probe.change",
  input: nothing,
  run: async ({ db, viewer, at }) => {
    const ended = await endProbe(db, { id: viewer.memberId, role: viewer.role }, at);
    return ended.ok ? { ok: true, data: null } : ended;
  },
});

export const tryLegacyLoginAction = defineAction({
  name: "legacy_probe.try",
  permission: "legacy_probe.change",
  input: nothing,
  run: async ({ db, viewer }) => {
    const desk = { db, secretKey: consoleSender().secretKey, clock: systemClock };
    const trial = await tryLegacyLogin(desk, { id: viewer.memberId, role: viewer.role });
    if (trial === null) return { ok: false, code: "not_found" };
    const { trouble, status, tookMs } = trial;
    return { ok: true, data: { trouble, status, tookMs } };
  },
});
