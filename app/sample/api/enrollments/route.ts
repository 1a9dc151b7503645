import { enrolMember } from "#lib/sample/enrol-member.ts";
import { enrolInputSchema } from "#lib/sample/schema.ts";
import { answerSampleCall } from "../answer-sample-call.ts";

export const POST = (request: Request): Promise<Response> =>
  answerSampleCall(request, enrolInputSchema, enrolMember);
