import { answerLink } from "#app/api/answer-link.ts";
import { enrolTester } from "#lib/campaigns/enrol-tester.ts";
import { PICTURE_BODY_BYTES, testerEnrolmentSchema } from "#lib/campaigns/schema.ts";
import { testerDesk } from "#lib/console/tester-desk.ts";

/** Enrols a tester by one picture, which passes through. */
export const POST = (request: Request): Promise<Response> =>
  answerLink(request, {
    input: testerEnrolmentSchema,
    maxBytes: PICTURE_BODY_BYTES,
    run: (enrolment) => enrolTester(testerDesk(), enrolment),
  });
