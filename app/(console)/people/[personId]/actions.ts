"use server";

import { z } from "zod";
import { defineAction } from "#lib/action/define-action.ts";
import type { ActionOutcome } from "#lib/action/types.ts";
import { bytesOfUploads, hasUpload, uploadFields } from "#lib/captures/schema.ts";
import { systemClock } from "#lib/clock.ts";
import { consoleAuditKey } from "#lib/console/audit.ts";
import { consoleMultibiometrics } from "#lib/console/multibiometrics.ts";
import { consoleSettings } from "#lib/console/runtime.ts";
import { recaptureNow } from "#lib/enrolments/recapture-now.ts";
import { recaptureReasonSchema } from "#lib/enrolments/schema.ts";
import { holdPerson } from "#lib/holds/hold-person.ts";
import { releaseHold } from "#lib/holds/release-hold.ts";
import { placeHoldSchema, releaseHoldSchema } from "#lib/holds/schema.ts";
import { liftBlock } from "#lib/requests/lift-block.ts";
import { openDeletion } from "#lib/requests/open-deletion.ts";
import { liftBlockSchema, openDeletionSchema } from "#lib/requests/schema.ts";
import { verifyNow } from "#lib/verifications/verify-now.ts";
import { moverOf, outcomeOf } from "../../requests/[requestId]/outcomes.ts";

export const verifyNowAction = defineAction({
  name: "person.verify",
  permission: "person.verify",
  input: z.object({ personId: z.uuid(), ...uploadFields }).refine(hasUpload),
  run: async ({ db, viewer, at }, { personId, ...uploads }) => {
    const desk = { db, api: consoleMultibiometrics(), console: "console", auditKey: consoleAuditKey() };
    const actor = { id: viewer.memberId, role: viewer.role };
    const done = await verifyNow(desk, actor, { personId, pictures: await bytesOfUploads(uploads) }, at);
    return done.ok ? { ok: true, data: done.result } : done;
  },
});

export const recaptureAction = defineAction({
  name: "person.recapture",
  permission: "person.recapture",
  input: z.object({ personId: z.uuid(), reason: recaptureReasonSchema, ...uploadFields }).refine(hasUpload),
  run: async ({ db, viewer }, { personId, reason, ...uploads }) => {
    const desk = { db, api: consoleMultibiometrics(), clock: systemClock, auditKey: consoleAuditKey() };
    const member = { id: viewer.memberId, role: viewer.role };
    const pictures = await bytesOfUploads(uploads);
    const done = await recaptureNow(desk, member, { personId, pictures, reason });
    return done.ok ? { ok: true, data: done.result } : done;
  },
});

export const placeHoldAction = defineAction({
  name: "hold.place",
  permission: "hold.place",
  input: placeHoldSchema,
  run: async ({ db, viewer, at }, input) => outcomeOf(await holdPerson(db, input, moverOf(viewer), at)),
});

export const releaseHoldAction = defineAction({
  name: "hold.release",
  permission: "hold.release",
  input: releaseHoldSchema,
  run: async ({ db, viewer, at }, input) => {
    const { isSingleControl } = consoleSettings().requests;
    return outcomeOf(await releaseHold(db, { ...input, isSingleControl }, moverOf(viewer), at));
  },
});

export const liftBlockAction = defineAction({
  name: "person.unblock",
  permission: "person.unblock",
  input: liftBlockSchema,
  run: async ({ db, viewer, at }, input) => outcomeOf(await liftBlock(db, input, moverOf(viewer), at)),
});

export const openDeletionAction = defineAction({
  name: "person.delete",
  permission: "person.delete",
  input: openDeletionSchema,
  run: async ({ db, viewer, at }, input): Promise<ActionOutcome<{ requestId: string } | null>> => {
    const done = await openDeletion(db, input, moverOf(viewer), at);
    return done.ok ? { ok: true, data: { requestId: done.requestId } } : outcomeOf(done);
  },
});
