import { createHash, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { callGateway, type GatewayAccess } from "./call-gateway.ts";
import { openLogin } from "./open-login.ts";
import { type PasswordThrottle, SAMPLE_PASSWORD } from "./rules.ts";
import type { PasswordInput } from "./schema.ts";
import type { Exchange, PasswordAnswer } from "./types.ts";

/**
 * The old way in: the sample company's own password check, which needs nothing of the gateway. How the login ended is
 * reported to the gateway afterwards, so that both ways are compared fairly; the member is in whether it is heard or not.
 */
export async function checkPassword(
  access: GatewayAccess,
  input: PasswordInput,
  throttle: PasswordThrottle,
  now: Date,
): Promise<PasswordAnswer> {
  const result = throttle.judge(input.customId, isSamplePassword(input.password), now);
  const waitSeconds = throttle.waitSeconds(input.customId, now);
  const ended = result === "in" || result === "locked";
  const exchanges = ended ? await reportOutcome(access, input, result === "in") : [];
  const heard = exchanges.at(-1)?.status === 204;
  return {
    ok: true,
    result: result === "locked" ? "wait" : result,
    waitSeconds,
    reported: ended ? { reason: input.reason, heard } : null,
    exchanges,
  };
}

async function reportOutcome(
  access: GatewayAccess,
  input: PasswordInput,
  succeeded: boolean,
): Promise<Exchange[]> {
  const opened = input.loginId === null ? await openLogin(access, input) : null;
  const before = opened?.exchange ? [opened.exchange] : [];
  const loginId = opened?.ok ? opened.loginId : input.loginId;
  if (loginId === null) return before;
  const path = `/v1/logins/${encodeURIComponent(loginId)}/legacy-outcome`;
  const body = { succeeded, reason: input.reason, lockedOut: !succeeded };
  const answer = await callGateway(access, { method: "POST", path, body }, z.unknown());
  return answer.exchange ? [...before, answer.exchange] : before;
}

/** Compared as digests: the time taken says nothing about the password's length or letters. */
const isSamplePassword = (password: string): boolean =>
  timingSafeEqual(digest(password), digest(SAMPLE_PASSWORD));

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
