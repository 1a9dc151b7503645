import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { readCapture } from "#lib/captures/rules.ts";
import { feedbackOf } from "#lib/feedback/rules.ts";
import { newIdAt } from "#lib/ids.ts";
import { findApplicant, openLogin } from "#lib/logins/open-login.ts";
import { DEVICE_CLASSES, type DeviceClass } from "#lib/logins/schema.ts";
import { tryLogin } from "#lib/logins/try-login.ts";
import type { LoginAnswer, LoginRequest } from "#lib/logins/types.ts";
import {
  loginAnswer,
  loginBody,
  loginParams,
  problemAnswer,
  verificationAnswer,
  verificationBody,
} from "../contract.ts";
import type { GatewayParts } from "../parts/gateway-parts.ts";
import { writeLoginId } from "../parts/login-id.ts";
import { applicationOf } from "../plugins/authenticate.ts";
import { Problem } from "../problems.ts";
import { localeOf } from "../request-locale.ts";
import { loginOf } from "../request-login.ts";

/** Opening a login and trying to get in by biometrics. Nothing that is away makes these fail. */
export const loginRoutes: FastifyPluginAsyncZod<{ parts: GatewayParts }> = async (app, { parts }) => {
  app.post(
    "/v1/logins",
    {
      config: {
        permission: "login.open",
        ahead: (request) => {
          request.applicant = findApplicant(parts, (request.body as { customId: string }).customId);
        },
      },
      schema: {
        tags: ["Login"],
        summary: "Open a login, with or without a first picture",
        body: loginBody,
        response: { 201: loginAnswer, 422: problemAnswer },
      },
    },
    async (request, reply) => {
      const { applicationId, channels } = applicationOf(request);
      const { customId, purpose, channel, device } = request.body;
      const wanted: LoginRequest = {
        applicationId,
        customId,
        purpose,
        channel: channel !== undefined && channels.includes(channel) ? channel : "other",
        device: {
          class: deviceClassOf(device?.class),
          os: device?.os ?? null,
          appVersion: device?.appVersion ?? null,
        },
        capture: hasCapture(request.body) ? readCapture(request.body, parts.control.pictureLimit()) : null,
        locale: localeOf(request),
        applicant: request.applicant ?? findApplicant(parts, customId),
      };
      const answer = await openLogin(parts, wanted).catch((error: unknown) => trouble(parts, error, wanted));
      const { id, path, reason, decision, attemptsLeft, feedbackCode } = answer;
      return reply.status(201).send({
        loginId: writeLoginId(parts.keys.loginId, id, applicationId),
        path,
        reason,
        ...(decision === null ? {} : { decision }),
        ...(path === "biometric" ? { attemptsLeft } : {}),
        feedback: feedbackOf(feedbackCode, wanted.locale),
      });
    },
  );

  app.post(
    "/v1/logins/:loginId/verifications",
    {
      config: { permission: "login.verify" },
      schema: {
        tags: ["Login"],
        summary: "Compare a picture with the enrollment",
        params: loginParams,
        body: verificationBody,
        response: { 200: verificationAnswer, 404: problemAnswer, 409: problemAnswer, 422: problemAnswer },
      },
    },
    async (request) => {
      const login = loginOf(request, parts.keys.loginId);
      if (!hasCapture(request.body))
        throw new Problem("capture_missing", { feedbackCode: "picture_missing" });
      const capture = readCapture(request.body, parts.control.pictureLimit());
      const locale = localeOf(request);
      const result = await tryLogin(parts, { ...login, locale }, capture).catch((error: unknown) => {
        return { ok: true, answer: trouble(parts, error, { capture }) } as const;
      });
      if (!result.ok) throw new Problem("login_closed");
      const { decision, reason, attemptsLeft, feedbackCode } = result.answer;
      return {
        decision: decision ?? "use_legacy",
        reason,
        attemptsLeft,
        feedback: feedbackOf(feedbackCode, locale),
      };
    },
  );
};

const hasCapture = (body: { face?: string | undefined; fingers?: object | undefined }): boolean =>
  body.face !== undefined || Object.keys(body.fingers ?? {}).length > 0;

const deviceClassOf = (name: string | undefined): DeviceClass =>
  DEVICE_CLASSES.find((known) => known === name) ?? "other";

/** A mistake of ours must not keep anybody out: it is logged, and the old way is open. */
function trouble(
  { log, clock }: GatewayParts,
  error: unknown,
  { capture }: Pick<LoginRequest, "capture">,
): { id: string } & LoginAnswer {
  log.error({ err: error }, "A login failed in the gateway; it is answered with the legacy way");
  return {
    id: newIdAt(clock()),
    path: "legacy",
    reason: "gateway_trouble",
    decision: capture === null ? null : "use_legacy",
    attemptsLeft: 0,
    feedbackCode: "use_password_this_time",
  };
}
