import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { readCapture } from "#lib/captures/rules.ts";
import { enrolPerson } from "#lib/enrolments/enrol-person.ts";
import { recapturePerson } from "#lib/enrolments/recapture-person.ts";
import type { EnrolmentDesk, EnrolmentResult } from "#lib/enrolments/types.ts";
import { feedbackOf } from "#lib/feedback/rules.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { enrollmentAnswer, enrollmentBody, problemAnswer, recaptureBody } from "../contract.ts";
import type { GatewayParts } from "../parts/gateway-parts.ts";
import { applicationOf } from "../plugins/authenticate.ts";
import { Problem } from "../problems.ts";
import { localeOf } from "../request-locale.ts";

/** Enrolling people and replacing their pictures. */
export const enrollmentRoutes: FastifyPluginAsyncZod<{ parts: GatewayParts }> = async (app, { parts }) => {
  const answers = { 409: problemAnswer, 422: problemAnswer, 502: problemAnswer, 503: problemAnswer };
  const tags = ["Enrollment"];

  app.post(
    "/v1/enrollments",
    {
      config: { permission: "enrolment.create" },
      schema: {
        tags,
        summary: "Enroll a person",
        body: enrollmentBody,
        response: { 201: enrollmentAnswer, ...answers },
      },
    },
    async (request, reply) => {
      const { customId, legalBasis } = request.body;
      const capture = captureIn(request.body, parts.control.pictureLimit());
      const actor = { source: "gateway", applicationId: applicationOf(request).applicationId } as const;
      const result = await enrolPerson(deskOf(parts), { customId, legalBasis, capture, actor });
      return reply.status(201).send(answerOf(result, localeOf(request)));
    },
  );

  app.put(
    "/v1/enrollments",
    {
      config: { permission: "enrolment.replace" },
      schema: {
        tags,
        summary: "Replace the pictures of an enrolled person",
        body: recaptureBody,
        response: { 200: enrollmentAnswer, 404: problemAnswer, ...answers },
      },
    },
    async (request) => {
      const { customId } = request.body;
      const capture = captureIn(request.body, parts.control.pictureLimit());
      const actor = { source: "gateway", applicationId: applicationOf(request).applicationId } as const;
      const result = await recapturePerson(deskOf(parts), { customId, capture, actor });
      return answerOf(result, localeOf(request));
    },
  );
};

const deskOf = ({ api, control, ledger, erasureLedger, loginKeyOf, clock }: GatewayParts): EnrolmentDesk => ({
  inDatabase: ledger.run,
  api,
  policy: control.policy(),
  loginKeyOf,
  erasureLedger,
  clock,
});

type Pictures = Parameters<typeof readCapture>[0];

function captureIn(body: Pictures, mostBytes: number) {
  if (body.face === undefined && Object.keys(body.fingers ?? {}).length === 0) {
    throw new Problem("capture_missing", { feedbackCode: "picture_missing" });
  }
  return readCapture(body, mostBytes);
}

function answerOf(result: EnrolmentResult, locale: Locale) {
  if (result.ok) return { personId: result.personId, feedback: feedbackOf(result.feedbackCode, locale) };
  const { code, reason, feedbackCode, retryAfterMs } = result;
  throw new Problem(code, {
    feedbackCode,
    ...(reason === null ? {} : { reason }),
    ...(retryAfterMs === undefined ? {} : { retryAfterSeconds: Math.ceil(retryAfterMs / 1000) }),
  });
}
