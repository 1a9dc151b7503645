"use server";

import { z } from "zod";
import { defineAction } from "#lib/action/define-action.ts";
import { changeApplication } from "#lib/applications/change-application.ts";
import { changeKeyEnd } from "#lib/applications/change-key-end.ts";
import { confirmKeyStored } from "#lib/applications/confirm-key-stored.ts";
import { createApplicationWithKey } from "#lib/applications/create-application-with-key.ts";
import { disableApplication } from "#lib/applications/disable-application.ts";
import { enableApplication } from "#lib/applications/enable-application.ts";
import { endApplicationKey } from "#lib/applications/end-application-key.ts";
import { revokeApplicationKey } from "#lib/applications/revoke-application-key.ts";
import { rotateApplicationKey } from "#lib/applications/rotate-application-key.ts";
import { keyEndDaysSchema, typedApplicationSchema } from "#lib/applications/schema.ts";
import { DISABLE_REASONS, REVOKE_REASONS } from "#lib/applications/types.ts";
import { actorOf, outcomeOf } from "./outcomes.ts";

const keySchema = z.object({ keyId: z.uuid() });
const versionSchema = z.object({ applicationId: z.uuid(), version: z.coerce.number().int() });

export const newApplicationAction = defineAction({
  name: "application.create",
  permission: "applications.change",
  input: typedApplicationSchema,
  run: async ({ db, viewer, at }, input) =>
    outcomeOf(await createApplicationWithKey(db, input, actorOf(viewer), at)),
});

export const nextKeyAction = defineAction({
  name: "application_key.create",
  permission: "applications.change",
  input: z.object({ applicationId: z.uuid(), oldEndsInDays: keyEndDaysSchema }),
  run: async ({ db, viewer, at }, input) => {
    const made = await rotateApplicationKey(db, input, actorOf(viewer), at);
    return outcomeOf(made.ok ? { ...made, applicationId: input.applicationId } : made);
  },
});

export const confirmStoredAction = defineAction({
  name: "application_key.confirm_stored",
  permission: "applications.change",
  input: keySchema,
  run: async ({ db, viewer, at }, input) => outcomeOf(await confirmKeyStored(db, input, actorOf(viewer), at)),
});

export const moveEndAction = defineAction({
  name: "application_key.plan_end",
  permission: "applications.change",
  input: keySchema.extend({ endsInDays: keyEndDaysSchema }),
  run: async ({ db, viewer, at }, input) => outcomeOf(await changeKeyEnd(db, input, actorOf(viewer), at)),
});

export const endKeyAction = defineAction({
  name: "application_key.end",
  permission: "applications.change",
  input: keySchema,
  run: async ({ db, viewer, at }, input) =>
    outcomeOf(await endApplicationKey(db, input, actorOf(viewer), at)),
});

export const revokeKeyAction = defineAction({
  name: "application_key.revoke",
  permission: "applications.change",
  input: keySchema.extend({ reason: z.enum(REVOKE_REASONS, { error: "reason" }) }),
  run: async ({ db, viewer, at }, input) =>
    outcomeOf(await revokeApplicationKey(db, input, actorOf(viewer), at)),
});

export const changeApplicationAction = defineAction({
  name: "application.change",
  permission: "applications.change",
  input: versionSchema.extend(typedApplicationSchema.shape),
  run: async ({ db, viewer, at }, input) =>
    outcomeOf(await changeApplication(db, input, actorOf(viewer), at)),
});

export const disableApplicationAction = defineAction({
  name: "application.disable",
  permission: "applications.change",
  input: versionSchema.extend({ reason: z.enum(DISABLE_REASONS, { error: "reason" }) }),
  run: async ({ db, viewer, at }, input) =>
    outcomeOf(await disableApplication(db, input, actorOf(viewer), at)),
});

export const enableApplicationAction = defineAction({
  name: "application.enable",
  permission: "applications.change",
  input: versionSchema,
  run: async ({ db, viewer, at }, input) =>
    outcomeOf(await enableApplication(db, input, actorOf(viewer), at)),
});
