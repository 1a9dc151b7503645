"use server";

import { z } from "zod";
import { defineAction } from "#lib/action/define-action.ts";
import { bytesOfUploads, hasUpload, uploadFields } from "#lib/captures/schema.ts";
import { systemClock } from "#lib/clock.ts";
import { consoleAuditKey } from "#lib/console/audit.ts";
import { consoleMultibiometrics } from "#lib/console/multibiometrics.ts";
import { recaptureNow } from "#lib/enrolments/recapture-now.ts";
import { recaptureReasonSchema } from "#lib/enrolments/schema.ts";
import { verifyNow } from "#lib/verifications/verify-now.ts";

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
