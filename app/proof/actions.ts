"use server";

import { z } from "zod";
import { defineAction } from "#lib/action/define-action.ts";
import { askForSignOnProof } from "#lib/auth/sign-on-request.ts";

export const askForSignOnProofAction = defineAction({
  name: "session.ask_sign_on",
  permission: "account.set_up",
  input: z.undefined(),
  refreshes: false,
  run: async ({ viewer, at }) => {
    await askForSignOnProof(viewer.sessionId, at);
    return { ok: true, data: null };
  },
});
