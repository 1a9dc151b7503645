"use server";

import { z } from "zod";
import { defineAction } from "#lib/action/define-action.ts";
import { changePassword } from "#lib/auth/change-password.ts";
import { confirmCodeApp } from "#lib/auth/confirm-code-app.ts";
import { createRecoveryCodes } from "#lib/auth/create-recovery-codes.ts";
import { endOwnSession } from "#lib/auth/end-own-session.ts";
import { proofSubjects } from "#lib/auth/failure-subjects.ts";
import { offerCodeApp } from "#lib/auth/offer-code-app.ts";
import { proveSession } from "#lib/auth/prove-session.ts";
import { isProofFresh } from "#lib/auth/rules.ts";
import { confirmationSchema, passwordChangeSchema, typedProofSchema } from "#lib/auth/schema.ts";
import { consoleMemberKey } from "#lib/console/member-key.ts";
import { consoleSettings } from "#lib/console/runtime.ts";
import { endSessions } from "#lib/members/end-sessions.ts";
import { setUpOutcomeOf } from "./outcomes.ts";

export const proveAction = defineAction({
  name: "session.step_up",
  permission: "account.set_up",
  input: z.object({ typed: typedProofSchema }),
  refreshes: false,
  run: async ({ db, viewer, at }, { typed }) => {
    const subjects = proofSubjects(consoleSettings().authSecret, viewer.sessionId);
    const attempt = { typed, subjects, memberKey: consoleMemberKey() };
    return { ok: true, data: await proveSession(db, attempt, viewer, at) };
  },
});

export const offerCodeAppAction = defineAction({
  name: "code_app.offer",
  permission: "account.set_up",
  input: z.undefined(),
  refreshes: false,
  run: async ({ viewer, at }) => ({
    ok: true,
    data: isProofFresh(viewer.proof, at) ? offerCodeApp(consoleMemberKey(), viewer, at) : null,
  }),
});

export const setUpCodeAppAction = defineAction({
  name: "code_app.set_up",
  permission: "account.set_up",
  input: confirmationSchema,
  run: async ({ db, viewer, at }, input) => {
    const confirmation = { ...input, memberKey: consoleMemberKey(), replaces: false };
    return setUpOutcomeOf(await confirmCodeApp(db, confirmation, viewer, at));
  },
});

export const offerReplacementAction = defineAction({
  name: "code_app.offer_replacement",
  permission: "account.change",
  input: z.undefined(),
  refreshes: false,
  run: async ({ viewer, at }) => ({ ok: true, data: offerCodeApp(consoleMemberKey(), viewer, at) }),
});

export const replaceCodeAppAction = defineAction({
  name: "code_app.replace",
  permission: "account.change",
  input: confirmationSchema,
  run: async ({ db, viewer, at }, input) => {
    const confirmation = { ...input, memberKey: consoleMemberKey(), replaces: true };
    return setUpOutcomeOf(await confirmCodeApp(db, confirmation, viewer, at));
  },
});

export const createRecoveryCodesAction = defineAction({
  name: "recovery_code.create",
  permission: "account.change",
  input: z.undefined(),
  run: async ({ db, viewer, at }) => {
    const made = await createRecoveryCodes(db, consoleMemberKey(), viewer, at);
    return made.ok ? { ok: true, data: made.codes } : { ok: false, code: "conflict" };
  },
});

export const changePasswordAction = defineAction({
  name: "member.change_password",
  permission: "account.change",
  input: passwordChangeSchema,
  run: async ({ db, viewer, at }, input) => {
    const subjects = proofSubjects(consoleSettings().authSecret, viewer.sessionId);
    return { ok: true, data: await changePassword(db, { ...input, subjects }, viewer, at) };
  },
});

export const endOwnSessionAction = defineAction({
  name: "session.end",
  permission: "session.end",
  input: z.object({ sessionId: z.uuid() }),
  run: async ({ db, viewer, at }, { sessionId }) => endOwnSession(db, sessionId, viewer, at),
});

export const endOtherSessionsAction = defineAction({
  name: "session.end",
  permission: "session.end",
  input: z.undefined(),
  run: async ({ db, viewer: { memberId, sessionId, role }, at }) => {
    const others = { memberId, exceptSessionId: sessionId };
    return { ok: true, data: await endSessions(db, others, { id: memberId, role }, at) };
  },
});

export const stayAction = defineAction({
  name: "session.stay",
  permission: "account.read",
  input: z.undefined(),
  refreshes: false,
  // That somebody asked is the use of the session that keeps it.
  run: async () => ({ ok: true, data: null }),
});
