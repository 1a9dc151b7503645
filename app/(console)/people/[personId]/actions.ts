"use server";

import { z } from "zod";
import { defineAction } from "#lib/action/define-action.ts";
import { MAX_PICTURE_BYTES } from "#lib/captures/types.ts";
import { consoleMultibiometrics } from "#lib/console/multibiometrics.ts";
import { FINGER_NUMBERS } from "#lib/people/schema.ts";
import { verifyNow } from "#lib/verifications/verify-now.ts";

const fingerSchema = z
  .string()
  .transform((text) => (text === "" ? null : FINGER_NUMBERS.find((finger) => String(finger) === text)))
  .pipe(z.literal(FINGER_NUMBERS).nullable());

export const verifyNowAction = defineAction({
  name: "person.verify",
  permission: "person.verify",
  input: z.object({
    personId: z.uuid(),
    finger: fingerSchema,
    picture: z.instanceof(File).refine(({ size }) => size > 0 && size <= MAX_PICTURE_BYTES),
  }),
  run: async ({ db, viewer, at }, { personId, finger, picture }) => {
    const desk = { db, api: consoleMultibiometrics(), console: "console" };
    const actor = { id: viewer.memberId, role: viewer.role };
    const bytes = new Uint8Array(await picture.arrayBuffer());
    const done = await verifyNow(desk, actor, { personId, finger, picture: bytes }, at);
    return done.ok ? { ok: true, data: done.result } : done;
  },
});
