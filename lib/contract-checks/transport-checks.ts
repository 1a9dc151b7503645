import { readVerdict } from "#lib/multibiometrics/read-answer.ts";
import { apiMessages } from "#lib/multibiometrics/schema.ts";
import { verifyAs } from "./asks.ts";
import type { Check } from "./check.ts";
import { differs, type ExpectedRefusal, judgeRefusal, saidIn } from "./judge.ts";
import type { Ask, Lab, Seen } from "./lab.ts";
import type { Fact } from "./types.ts";

export const refusalOf = (
  code: ExpectedRefusal["code"],
  ...messages: [string, ...string[]]
): ExpectedRefusal => ({ code, status: 400, form: "text", messages });

const gatewayRefusal = (
  code: ExpectedRefusal["code"],
  status: number,
  ...messages: [string, ...string[]]
): ExpectedRefusal => ({ code, status, form: "gateway", messages });

/** Judges a refusal and keeps how it was said. */
export function judgeAndLearn(lab: Lab, fact: Fact, expected: ExpectedRefusal, seen: Seen<unknown>) {
  const said = saidIn(seen);
  if (said !== null && seen.answered && !seen.reading.ok && seen.reading.code === expected.code)
    lab.learn(fact, said);
  return judgeRefusal(expected, seen);
}

const rawVerify = (lab: Lab, ask: Partial<Ask>) =>
  lab.call({ operation: "verify", body: {}, ...ask }, (answer, now) =>
    readVerdict(answer, { customId: lab.ids.nobody, face: false, fingers: [] }, now),
  );

const nobodyAlone = (lab: Lab) => ({ Person: { CustomID: lab.ids.nobody } });
const WRONG_KEY = "0".repeat(32);
const onItsOwn = {
  group: "transport",
  call: "POST verify",
  writes: false,
  needs: ["no_biometrics"],
  calls: 1,
} as const;

/** Route, key and the shape of a request, by calls that carry nobody's picture. */
export const transportChecks: readonly Check[] = [
  {
    ...onItsOwn,
    id: "no_biometrics",
    needs: [],
    make: async (lab) => {
      const seen = await rawVerify(lab, { body: nobodyAlone(lab) });
      return judgeAndLearn(lab, "invalid_json", refusalOf("request_invalid", ...INVALID_JSON), seen);
    },
  },
  {
    ...onItsOwn,
    id: "wrong_key",
    make: async (lab) => {
      const seen = await rawVerify(lab, { body: nobodyAlone(lab), key: WRONG_KEY });
      const expected = gatewayRefusal("unauthorized", 401, apiMessages.invalidKey);
      return judgeAndLearn(lab, "unauthorized", expected, seen);
    },
  },
  {
    ...onItsOwn,
    id: "missing_key",
    make: async (lab) =>
      judgeRefusal(
        gatewayRefusal("unauthorized", 401, apiMessages.missingKey),
        await rawVerify(lab, { body: nobodyAlone(lab), key: null }),
      ),
  },
  {
    ...onItsOwn,
    id: "unknown_path",
    call: "POST verify_nobody",
    make: async (lab) => {
      const seen = await rawVerify(lab, {
        body: nobodyAlone(lab),
        path: "/multibiometrics/verify_nobody",
      });
      return judgeAndLearn(lab, "unknown_path", NOT_FOUND, seen);
    },
  },
  {
    ...onItsOwn,
    id: "wrong_method",
    call: "POST update",
    make: async (lab) => {
      const seen = await rawVerify(lab, {
        body: nobodyAlone(lab),
        path: "/multibiometrics/update",
      });
      // Taken like a PUT: then it was refused for having no biometrics.
      const isTaken = seen.answered && !seen.reading.ok && seen.reading.code === "request_invalid";
      return isTaken ? differs("method_taken") : judgeRefusal(NOT_FOUND, seen);
    },
  },
  {
    ...onItsOwn,
    id: "broken_json",
    make: async (lab) =>
      judgeRefusal(
        refusalOf("request_invalid", ...INVALID_JSON),
        await rawVerify(lab, { body: '{"Person": {"CustomID": ' }),
      ),
  },
  {
    ...onItsOwn,
    id: "no_custom_id",
    make: async (lab) => {
      const body = { Person: { Face: [{ "Face-1": lab.pictures.face }] } };
      const seen = await rawVerify(lab, { body });
      return judgeAndLearn(
        lab,
        "custom_id_missing",
        refusalOf("custom_id_missing", apiMessages.customIdMandatory),
        seen,
      );
    },
  },
  {
    ...onItsOwn,
    id: "verify_unknown",
    group: "verify",
    make: async (lab) => {
      const seen = await verifyAs(lab, lab.ids.nobody, { face: lab.pictures.face });
      return judgeAndLearn(
        lab,
        "person_not_found",
        refusalOf("person_not_found", apiMessages.personNotFound),
        seen,
      );
    },
  },
];

/** Both spellings stand in the guide. */
const INVALID_JSON: [string, string] = [apiMessages.invalidJson, "Invalid JSON Format"];
const NOT_FOUND = gatewayRefusal("endpoint_missing", 404, apiMessages.resourceNotFound);
