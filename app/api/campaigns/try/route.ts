import { answerLink } from "#app/api/answer-link.ts";
import { recordTry } from "#lib/campaigns/record-try.ts";
import { PICTURE_BODY_BYTES, testerTrySchema } from "#lib/campaigns/schema.ts";
import { testerDesk } from "#lib/console/tester-desk.ts";

/** One try of a tester by one picture, which passes through. */
export const POST = (request: Request): Promise<Response> =>
  answerLink(request, {
    input: testerTrySchema,
    maxBytes: PICTURE_BODY_BYTES,
    run: (one) => recordTry(testerDesk(), one),
  });
