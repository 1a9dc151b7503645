import type { EnrolInput, OpenInput, PasswordInput, TryInput } from "#lib/sample/schema.ts";
import type { EnrolAnswer, OpenAnswer, PasswordAnswer, SampleFailed, TryAnswer } from "#lib/sample/types.ts";

const AWAY: SampleFailed = { ok: false, code: "gateway_away", feedback: null, exchange: null };
const PASSWORD_AWAY: PasswordAnswer = {
  ok: true,
  result: "wait",
  waitSeconds: 5,
  reported: null,
  exchanges: [],
};

/** The sample's own server. An answer that never comes is the same to a member as a gateway that is away. */
async function call<Answer>(path: string, input: unknown, instead: Answer): Promise<Answer> {
  try {
    const response = await fetch(`/sample/api/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(input),
    });
    return response.ok ? ((await response.json()) as Answer) : instead;
  } catch {
    return instead;
  }
}

export const callEnrol = (input: EnrolInput): Promise<EnrolAnswer> =>
  call<EnrolAnswer>("enrollments", input, AWAY);
export const callOpen = (input: OpenInput): Promise<OpenAnswer> => call<OpenAnswer>("logins", input, AWAY);
export const callTry = (input: TryInput): Promise<TryAnswer> => call<TryAnswer>("verifications", input, AWAY);
export const callPassword = (input: PasswordInput): Promise<PasswordAnswer> =>
  call<PasswordAnswer>("passwords", input, PASSWORD_AWAY);
