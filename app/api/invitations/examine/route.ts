import { consoleDatabase } from "#lib/console/runtime.ts";
import { examineInvitation } from "#lib/members/examine-invitation.ts";
import { acceptanceSchema } from "#lib/members/schema.ts";
import { answerInvitation } from "../answer-invitation.ts";

const tokenSchema = acceptanceSchema.pick({ token: true });

/** What a link opens, or why it opens nothing. */
export const POST = (request: Request): Promise<Response> =>
  answerInvitation(request, tokenSchema, ({ token }) =>
    examineInvitation(consoleDatabase(), token, new Date()),
  );
