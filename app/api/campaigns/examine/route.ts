import { answerLink } from "#app/api/answer-link.ts";
import { examineTester } from "#lib/campaigns/examine-tester.ts";
import { testerTokenSchema } from "#lib/campaigns/schema.ts";
import { checkedApi } from "#lib/console/checked-api.ts";
import { consoleDatabase } from "#lib/console/runtime.ts";

/** Where the holder of a tester's link is, or why it opens nothing. */
export const POST = (request: Request): Promise<Response> =>
  answerLink(request, {
    input: testerTokenSchema,
    run: ({ token }) => examineTester(consoleDatabase(), { token, origin: checkedApi().origin }, new Date()),
  });
