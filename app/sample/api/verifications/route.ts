import { tryInputSchema } from "#lib/sample/schema.ts";
import { tryCapture } from "#lib/sample/try-capture.ts";
import { answerSampleCall } from "../answer-sample-call.ts";

export const POST = (request: Request): Promise<Response> =>
  answerSampleCall(request, tryInputSchema, tryCapture);
