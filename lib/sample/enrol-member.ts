import { callGateway, type GatewayAccess } from "./call-gateway.ts";
import { type EnrolInput, enrolledSchema } from "./schema.ts";
import type { EnrolAnswer } from "./types.ts";

/** An enrolment may take the gateway 10 s at the API, beside writing it down before and after. */
const TIMEOUT_MS = 30_000;

/** Enrols a member who consented, or replaces what is enrolled. The pictures pass through. */
export async function enrolMember(access: GatewayAccess, input: EnrolInput): Promise<EnrolAnswer> {
  const { customId, face, fingers } = input;
  const body = { customId, legalBasis: "lgpd_11_i_consent", face, fingers, locale: access.locale };
  const method = input.replace ? "PUT" : "POST";
  const answer = await callGateway(
    access,
    { method, path: "/v1/enrollments", body, timeoutMs: TIMEOUT_MS },
    enrolledSchema,
  );
  return answer.ok ? { ok: true, feedback: answer.value.feedback, exchange: answer.exchange } : answer;
}
