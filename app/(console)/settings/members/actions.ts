"use server";

import { z } from "zod";
import { defineAction } from "#lib/action/define-action.ts";
import { changeRole } from "#lib/members/change-role.ts";
import { disableMember } from "#lib/members/disable-member.ts";
import { enableMember } from "#lib/members/enable-member.ts";
import { endSessions } from "#lib/members/end-sessions.ts";
import { inviteMember } from "#lib/members/invite-member.ts";
import { issueReturnLink } from "#lib/members/issue-return-link.ts";
import { inviteeSchema, roleSchema } from "#lib/members/schema.ts";
import { sendInvitation } from "#lib/members/send-invitation.ts";
import { withdrawInvitation } from "#lib/members/withdraw-invitation.ts";
import { actorOf } from "../applications/outcomes.ts";
import { handOver, outcomeOf } from "./outcomes.ts";

const memberSchema = z.object({ memberId: z.uuid(), version: z.coerce.number().int() });

export const inviteAction = defineAction({
  name: "member.invite",
  permission: "members.change",
  input: inviteeSchema,
  run: async ({ db, viewer, at }, input) =>
    handOver(await inviteMember(db, input, actorOf(viewer), at), viewer),
});

export const sendAgainAction = defineAction({
  name: "member.invite_again",
  permission: "members.change",
  input: memberSchema,
  run: async ({ db, viewer, at }, input) =>
    handOver(await sendInvitation(db, input, actorOf(viewer), at), viewer),
});

export const withdrawAction = defineAction({
  name: "invitation.withdraw",
  permission: "members.change",
  input: memberSchema,
  run: async ({ db, viewer, at }, input) =>
    outcomeOf(await withdrawInvitation(db, input, actorOf(viewer), at)),
});

export const returnLinkAction = defineAction({
  name: "member.issue_return_link",
  permission: "members.change",
  input: memberSchema.extend({ resetCodeApp: z.literal("on").optional() }),
  run: async ({ db, viewer, at }, { resetCodeApp, ...member }) => {
    const input = { ...member, resetCodeApp: resetCodeApp === "on" };
    return handOver(await issueReturnLink(db, input, actorOf(viewer), at), viewer);
  },
});

export const changeRoleAction = defineAction({
  name: "member.change_role",
  permission: "members.change",
  input: memberSchema.extend({ role: roleSchema }),
  run: async ({ db, viewer, at }, input) => outcomeOf(await changeRole(db, input, actorOf(viewer), at)),
});

export const disableAction = defineAction({
  name: "member.disable",
  permission: "members.change",
  input: memberSchema,
  run: async ({ db, viewer, at }, input) => outcomeOf(await disableMember(db, input, actorOf(viewer), at)),
});

export const enableAction = defineAction({
  name: "member.enable",
  permission: "members.change",
  input: memberSchema,
  run: async ({ db, viewer, at }, input) => outcomeOf(await enableMember(db, input, actorOf(viewer), at)),
});

export const endSessionsAction = defineAction({
  name: "member.end_sessions",
  permission: "members.change",
  input: z.object({ memberId: z.uuid() }),
  run: async ({ db, viewer, at }, input) => ({
    ok: true,
    data: await endSessions(db, input, actorOf(viewer), at),
  }),
});

export const endOtherSessionsAction = defineAction({
  name: "session.end_others",
  permission: "members.change",
  // Said, so that no empty call signs everybody out.
  input: z.object({ whose: z.literal("others") }),
  run: async ({ db, viewer, at }) => ({
    ok: true,
    data: await endSessions(db, { exceptSessionId: viewer.sessionId }, actorOf(viewer), at),
  }),
});
