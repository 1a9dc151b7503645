import {
  readComparison,
  readDeleted,
  readEnrolled,
  readFaceCount,
  readIcao,
  readLiveness,
  readTemplate,
  readVerdict,
} from "#lib/multibiometrics/read-answer.ts";
import { deleteBody, fingersIn, personBody } from "#lib/multibiometrics/requests.ts";
import type { Biometrics, ModalityType } from "#lib/multibiometrics/types.ts";
import type { Ask, Lab } from "./lab.ts";

/** Each operation as a raw call, read by our client's own reader. */

export const enrolAs = (lab: Lab, customId: string, biometrics: Biometrics) =>
  lab.enrol(customId, { operation: "enroll", body: personBody(customId, biometrics) }, (answer, now) =>
    readEnrolled(answer, { customId }, now),
  );

export const updateAs = (lab: Lab, customId: string, biometrics: Biometrics) =>
  lab.enrol(customId, { operation: "update", body: personBody(customId, biometrics) }, (answer, now) =>
    readEnrolled(answer, { customId }, now),
  );

export const verifyAs = (lab: Lab, customId: string, biometrics: Biometrics, ask: Partial<Ask> = {}) => {
  const sent = { customId, face: biometrics.face !== undefined, fingers: fingersIn(biometrics) };
  const body = personBody(customId, biometrics);
  return lab.call({ operation: "verify", body, ...ask }, (answer, now) => readVerdict(answer, sent, now));
};

export const deleteAs = (lab: Lab, customId: string) =>
  lab.call({ operation: "delete", body: deleteBody(customId) }, (answer, now) =>
    readDeleted(answer, { customId }, now),
  );

export const extractOf = (lab: Lab, type: ModalityType, image: string) =>
  lab.call(
    { operation: "extract", body: { Extract: { Type: type, Format: "BIOPASS", Artifact: image } } },
    readTemplate,
  );

export const matchOf = (lab: Lab, a: string, b: string) =>
  lab.call(
    {
      operation: "match",
      body: { Match: { Type: "FACE", Format: "BIOPASS", Artifact_A: a, Artifact_B: b } },
    },
    readComparison,
  );

export const livenessOf = (lab: Lab, image: string) =>
  lab.call({ operation: "liveness", body: { Spoof: { Image: image } } }, readLiveness);

export const faceCountOf = (lab: Lab, image: string) =>
  lab.call({ operation: "face_detect", body: { Check: { Image: image } } }, readFaceCount);

export const icaoOf = (lab: Lab, image: string) =>
  lab.call({ operation: "check_icao", body: { Check: { Image: image } } }, readIcao);
