import { answerLink } from "#app/api/answer-link.ts";
import { consoleDatabase } from "#lib/console/runtime.ts";
import { acceptInvitation } from "#lib/members/accept-invitation.ts";
import { acceptanceSchema } from "#lib/members/schema.ts";

/** Sets the password of whoever holds an open link; signing in comes after it. */
export const POST = (request: Request): Promise<Response> =>
  answerLink(request, {
    input: acceptanceSchema,
    run: (acceptance) => acceptInvitation(consoleDatabase(), acceptance, new Date()),
  });
