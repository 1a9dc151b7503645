"use server";

import { z } from "zod";
import { defineAction } from "#lib/action/define-action.ts";
import { signOut } from "#lib/auth/sign-out.ts";

export const signOutAction = defineAction({
  name: "session.end",
  permission: "session.end",
  input: z.undefined(),
  run: signOut,
});
