import { checkPassword } from "#lib/sample/check-password.ts";
import { createPasswordThrottle } from "#lib/sample/rules.ts";
import { passwordInputSchema } from "#lib/sample/schema.ts";
import { answerSampleCall } from "../answer-sample-call.ts";

const throttle = createPasswordThrottle();

export const POST = (request: Request): Promise<Response> =>
  answerSampleCall(request, passwordInputSchema, (access, input) =>
    checkPassword(access, input, throttle, new Date()),
  );
