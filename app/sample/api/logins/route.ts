import { openLogin } from "#lib/sample/open-login.ts";
import { openInputSchema } from "#lib/sample/schema.ts";
import { answerSampleCall } from "../answer-sample-call.ts";

export const POST = (request: Request): Promise<Response> =>
  answerSampleCall(request, openInputSchema, openLogin);
