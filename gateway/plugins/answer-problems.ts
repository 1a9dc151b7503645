import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import { feedbackOf } from "#lib/feedback/rules.ts";
import type { Log } from "#lib/log.ts";
import { LedgerAway } from "../parts/ledger.ts";
import { type FieldError, Problem, type ProblemCode, problemKind } from "../problems.ts";
import { localeOf } from "../request-locale.ts";
import { addHeaders } from "./add-headers.ts";

const RETRY_AFTER_SECONDS = 5;

/** Answers every refusal and every mistake as RFC 9457 problem details. What we did not expect is logged, never shown. */
export function answerProblems(app: FastifyInstance, log: Pick<Log, "error">): void {
  app.setNotFoundHandler((request, reply) => send(request, reply, new Problem("route_unknown")));
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const problem = problemOf(error, request);
    if (problem.code === "internal") log.error({ err: error, requestId: request.id }, "A call failed");
    // The rest of a body that is too large is read and dropped, or the sender would see a broken connection instead.
    if (problem.code === "request_too_large") request.raw.resume();
    return send(request, reply, problem);
  });
}

/**
 * Answers an address no router can read; it is not repeated, because somebody may have put a CustomID into it. No hook
 * runs for such a request.
 */
export function answerBadAddress(_: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  addHeaders(request, reply);
  send(request, reply, new Problem("route_unknown"));
}

function send(request: FastifyRequest, reply: FastifyReply, { code, facts }: Problem): FastifyReply {
  const { status, title, next } = problemKind(code);
  const { reason, errors, feedbackCode, retryAfterSeconds } = facts;
  const waits = retryAfterSeconds ?? (status === 503 ? RETRY_AFTER_SECONDS : null);
  if (waits !== null) reply.header("retry-after", String(waits));
  if (status === 401) reply.header("www-authenticate", 'Bearer realm="gatehouse"');
  return reply
    .status(status)
    .header("content-type", "application/problem+json; charset=utf-8")
    .serializer(JSON.stringify)
    .send({
      type: `urn:gatehouse:problem:${code}`,
      title,
      status,
      detail: next,
      instance: `urn:gatehouse:request:${request.id}`,
      code,
      ...(reason === undefined ? {} : { reason }),
      ...(errors === undefined ? {} : { errors }),
      ...(feedbackCode === undefined ? {} : { feedback: feedbackOf(feedbackCode, localeOf(request)) }),
    });
}

const FRAMEWORK_CODES: Record<string, ProblemCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: "request_too_large",
  FST_ERR_CTP_EMPTY_JSON_BODY: "body_missing",
  FST_ERR_CTP_INVALID_JSON_BODY: "body_not_json",
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: "body_not_json",
  FST_ERR_CTP_INVALID_MEDIA_TYPE: "body_not_accepted",
};

function problemOf(error: FastifyError, request: FastifyRequest): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof LedgerAway) return new Problem("database_away");
  if (hasZodFastifySchemaValidationErrors(error)) {
    if (request.body === undefined || request.body === null) return new Problem("body_missing");
    return new Problem("fields_invalid", { errors: error.validation.map(fieldError) });
  }
  const code = FRAMEWORK_CODES[error.code];
  if (code === "request_too_large") return new Problem(code, { feedbackCode: "picture_too_large" });
  if (code !== undefined) return new Problem(code);
  return new Problem(error instanceof SyntaxError ? "body_not_json" : "internal");
}

/** Names the field, never what was in it. */
function fieldError(issue: { instancePath: string; message?: string | undefined }): FieldError {
  return { path: issue.instancePath || "/", message: issue.message ?? "cannot be used" };
}
