import type { DeleteRequest, FingerKey, PersonRequest } from "./schema.ts";
import type { Biometrics, FingerNumber } from "./types.ts";

const allFingers: readonly FingerNumber[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

/** The fingers a capture holds, in the API's numbering and order. */
export function fingersIn(biometrics: Biometrics): FingerNumber[] {
  return allFingers.filter((finger) => biometrics.fingers?.[finger] !== undefined);
}

/** The body of enroll, verify and update: one object with all fingers, and nothing for what was not captured. */
export function personBody(customId: string, biometrics: Biometrics): PersonRequest {
  const fingers: Partial<Record<FingerKey, string>> = {};
  for (const finger of fingersIn(biometrics)) {
    const image = biometrics.fingers?.[finger];
    if (image !== undefined) fingers[`Finger-${finger}`] = image;
  }
  return {
    Person: {
      CustomID: customId,
      ...(biometrics.face === undefined ? {} : { Face: [{ "Face-1": biometrics.face }] }),
      ...(Object.keys(fingers).length === 0 ? {} : { Fingers: [fingers] }),
    },
  };
}

/** The body of delete. */
export function deleteBody(customId: string): DeleteRequest {
  return { Person: { CustomID: customId } };
}
