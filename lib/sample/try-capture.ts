import { callGateway, type GatewayAccess } from "./call-gateway.ts";
import { type TryInput, triedSchema } from "./schema.ts";
import type { TryAnswer } from "./types.ts";

/** Sends one capture of an open login and hands on what the gateway decided. */
export async function tryCapture(access: GatewayAccess, input: TryInput): Promise<TryAnswer> {
  const { loginId, ...biometrics } = input;
  const path = `/v1/logins/${encodeURIComponent(loginId)}/verifications`;
  const answer = await callGateway(access, { method: "POST", path, body: biometrics }, triedSchema);
  return answer.ok ? { ok: true, ...answer.value, exchange: answer.exchange } : answer;
}
