import { callGateway, type GatewayAccess } from "./call-gateway.ts";
import { type OpenInput, openedSchema } from "./schema.ts";
import type { OpenAnswer } from "./types.ts";

/** Opens a login at the gateway, which says which way in this member is offered. */
export async function openLogin(access: GatewayAccess, input: OpenInput): Promise<OpenAnswer> {
  const body = {
    customId: input.customId,
    purpose: input.purpose,
    channel: "web",
    device: { class: input.deviceClass },
    locale: access.locale,
  };
  const answer = await callGateway(access, { method: "POST", path: "/v1/logins", body }, openedSchema);
  return answer.ok ? { ok: true, ...answer.value, exchange: answer.exchange } : answer;
}
