import { answerLink } from "#app/api/answer-link.ts";
import { consoleDatabase } from "#lib/console/runtime.ts";
import { examineInvitation } from "#lib/members/examine-invitation.ts";
import { acceptanceSchema } from "#lib/members/schema.ts";

/** What a link opens, or why it opens nothing. */
export const POST = (request: Request): Promise<Response> =>
  answerLink(request, {
    input: acceptanceSchema.pick({ token: true }),
    run: ({ token }) => examineInvitation(consoleDatabase(), token, new Date()),
  });
