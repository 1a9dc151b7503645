"use server";

import { z } from "zod";
import { defineAction } from "#lib/action/define-action.ts";
import { signOut } from "#lib/auth/sign-out.ts";
import { systemClock } from "#lib/clock.ts";
import { removeSampleData } from "#lib/sample-data/remove-sample-data.ts";

export const signOutAction = defineAction({
  name: "session.end",
  permission: "session.end",
  input: z.undefined(),
  run: signOut,
});

export const removeSampleDataAction = defineAction({
  name: "sample_data.remove",
  permission: "sample_data.remove",
  input: z.undefined(),
  run: async ({ db, viewer }) => {
    const actor = { id: viewer.memberId, role: viewer.role };
    const done = await removeSampleData(db, actor, systemClock);
    return done.ok ? { ok: true, data: done.removed } : done;
  },
});
