import type { z } from "zod";
import { saysAtMost } from "#lib/body-size.ts";
import { log } from "#lib/log.ts";

/** A token and a few words; whoever sends more does not hold a link. */
const MAX_BODY_BYTES = 4 * 1024;

type Asked<Input extends z.ZodType> = {
  input: Input;
  maxBytes?: number;
  run(parsed: z.output<Input>): Promise<object>;
};

/**
 * Answers what the page of a link sends: the holder of a link is nobody yet, and its token is what they have to show.
 * What a link does not open is an answer like any other, 200 with its code; input that the page would not send is 400,
 * and what could not be done at all 503. Nothing of the input is logged.
 */
export async function answerLink<Input extends z.ZodType>(
  request: Request,
  { input, maxBytes = MAX_BODY_BYTES, run }: Asked<Input>,
): Promise<Response> {
  if (!saysAtMost(request, maxBytes)) return new Response(null, { status: 413 });
  const parsed = input.safeParse(await request.json().catch(() => null));
  if (!parsed.success) return new Response(null, { status: 400 });
  try {
    return Response.json(await run(parsed.data));
  } catch (err) {
    log.error({ err }, "what the page of a link asked could not be answered");
    return new Response(null, { status: 503 });
  }
}
