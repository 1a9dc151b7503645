import { answerLink } from "#app/api/answer-link.ts";
import { endTester } from "#lib/campaigns/end-tester.ts";
import { testerTokenSchema } from "#lib/campaigns/schema.ts";
import { consoleDatabase } from "#lib/console/runtime.ts";

/** A tester leaves, and what was enrolled of them is deleted. */
export const POST = (request: Request): Promise<Response> =>
  answerLink(request, {
    input: testerTokenSchema,
    run: ({ token }) => endTester(consoleDatabase(), token, new Date()),
  });
