import type { ApiFailureCode, ApiResult, Biometrics, Multibiometrics } from "#lib/multibiometrics/types.ts";
import { ORIGIN } from "./make-campaign.ts";

const FACTS = {
  operation: "verify",
  status: 200,
  latencyMs: 12.4,
  tries: 1,
  message: null,
  answerSha256: null,
} as const;

/**
 * An API that compares the pictures' own text: the same picture matches, another does not. `fail` lets every call end so,
 * `cutOff` as if it had been made and its answer lost.
 */
export function textsApi() {
  const held = new Map<string, string>();
  const asked: string[] = [];
  let trouble: ApiFailureCode | null = null;
  let isLost = false;
  const pictureIn = ({ face, fingers }: Biometrics): string => face ?? fingers?.[2] ?? "";
  const failed = (code: ApiFailureCode, outcomeUnknown = false): ApiResult<never> => {
    return { ok: false, code, call: FACTS, outcomeUnknown };
  };
  const api: Pick<Multibiometrics, "enroll" | "verify" | "delete" | "origin"> = {
    origin: ORIGIN,
    enroll: async (customId, biometrics) => {
      asked.push(`enroll ${customId}`);
      if (trouble !== null && !isLost) return failed(trouble);
      if (held.has(customId)) return failed("custom_id_exists");
      held.set(customId, pictureIn(biometrics));
      if (isLost) return failed("timed_out", true);
      return { ok: true, value: { customId, bioPassId: null }, call: FACTS };
    },
    verify: async (customId, biometrics) => {
      asked.push(`verify ${customId}`);
      if (trouble !== null) return failed(trouble);
      const match = held.get(customId) === pictureIn(biometrics);
      const value = { match, faceMatched: match, nonMatchedFingers: [], listedFingers: [] };
      return { ok: true, value, call: FACTS };
    },
    delete: async (customId) => {
      asked.push(`delete ${customId}`);
      if (trouble !== null) return failed(trouble);
      if (held.delete(customId)) return { ok: true, value: { customId }, call: FACTS };
      return failed("person_not_found");
    },
  };
  return {
    api,
    held,
    asked,
    fail: (code: ApiFailureCode | null) => {
      trouble = code;
    },
    loseAnswers: (isOn: boolean) => {
      isLost = isOn;
    },
  };
}

/** A picture as far as its first bytes go: another text is another picture. */
export const pictureOf = (text: string): string =>
  Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.from(text)]).toString("base64");
