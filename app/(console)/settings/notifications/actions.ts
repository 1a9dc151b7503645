"use server";

import { z } from "zod";
import { defineAction } from "#lib/action/define-action.ts";
import { systemClock } from "#lib/clock.ts";
import { consoleSender } from "#lib/console/notifications.ts";
import { changeTarget } from "#lib/notifications/change-target.ts";
import { createTarget } from "#lib/notifications/create-target.ts";
import { pauseTarget } from "#lib/notifications/pause-target.ts";
import { removeTarget } from "#lib/notifications/remove-target.ts";
import { resumeTarget } from "#lib/notifications/resume-target.ts";
import { rotateSecret } from "#lib/notifications/rotate-secret.ts";
import { targetChangeSchema, targetSchema } from "#lib/notifications/schema.ts";
import { testTarget } from "#lib/notifications/test-target.ts";

const byId = z.object({ targetId: z.uuid() });
const done = { ok: true, data: null } as const;
const nameTaken = { ok: false as const, code: "invalid_input" as const, fields: { name: ["taken"] } };
const eventsUnfit = { ok: false as const, code: "invalid_input" as const, fields: { events: ["unfit"] } };
const conflict = { ok: false, code: "conflict" } as const;

export const createTargetAction = defineAction({
  name: "notification_target.create",
  permission: "notifications.change",
  input: targetSchema,
  run: async ({ db, viewer, at }, target) => {
    const actor = { id: viewer.memberId, role: viewer.role };
    const made = await createTarget(db, target, consoleSender().secretKey, actor, at);
    return made.ok ? { ok: true, data: { secret: made.secret } } : nameTaken;
  },
});

export const changeTargetAction = defineAction({
  name: "notification_target.change",
  permission: "notifications.change",
  input: targetChangeSchema,
  run: async ({ db, viewer, at }, change) => {
    const changed = await changeTarget(db, change, { id: viewer.memberId, role: viewer.role }, at);
    if (changed.ok) return done;
    if (changed.code === "not_found") return { ok: false, code: "not_found" };
    return changed.code === "name_taken" ? nameTaken : eventsUnfit;
  },
});

export const pauseTargetAction = defineAction({
  name: "notification_target.pause",
  permission: "notifications.change",
  input: byId,
  run: async ({ db, viewer, at }, { targetId }) => {
    const paused = await pauseTarget(db, targetId, { id: viewer.memberId, role: viewer.role }, at);
    return paused.ok ? done : paused.code === "not_found" ? { ok: false, code: "not_found" } : conflict;
  },
});

export const resumeTargetAction = defineAction({
  name: "notification_target.resume",
  permission: "notifications.change",
  input: byId,
  run: async ({ db, viewer, at }, { targetId }) => {
    const resumed = await resumeTarget(db, targetId, { id: viewer.memberId, role: viewer.role }, at);
    return resumed.ok ? done : resumed.code === "not_found" ? { ok: false, code: "not_found" } : conflict;
  },
});

export const removeTargetAction = defineAction({
  name: "notification_target.remove",
  permission: "notifications.change",
  input: byId,
  run: async ({ db, viewer, at }, { targetId }) => {
    const removed = await removeTarget(db, targetId, { id: viewer.memberId, role: viewer.role }, at);
    return removed.ok ? done : removed;
  },
});

export const rotateSecretAction = defineAction({
  name: "notification_target.rotate_secret",
  permission: "notifications.change",
  input: byId,
  run: async ({ db, viewer, at }, { targetId }) => {
    const actor = { id: viewer.memberId, role: viewer.role };
    const rotated = await rotateSecret(db, targetId, consoleSender().secretKey, actor, at);
    return rotated.ok ? { ok: true, data: { secret: rotated.secret } } : rotated;
  },
});

export const testTargetAction = defineAction({
  name: "notification_target.test",
  permission: "notifications.change",
  input: byId,
  run: async ({ db, viewer }, { targetId }) => {
    const desk = { db, sender: consoleSender(), clock: systemClock };
    const tested = await testTarget(desk, targetId, { id: viewer.memberId, role: viewer.role });
    return tested.ok ? { ok: true, data: tested.result } : tested;
  },
});
