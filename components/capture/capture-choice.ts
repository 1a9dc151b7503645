import type { FingerNumber } from "#lib/multibiometrics/types.ts";
import { FINGER_NUMBERS } from "#lib/people/schema.ts";
import type { CapturedFingers, ExaminedPicture } from "./types.ts";

/** What was captured so far: a face, fingers, or both. */
export type CaptureChoice = { face: ExaminedPicture | null; fingers: CapturedFingers };

export const NOTHING_CAPTURED: CaptureChoice = { face: null, fingers: {} };

/** The fingers captured so far, ascending. */
export const fingersIn = ({ fingers }: CaptureChoice): FingerNumber[] =>
  FINGER_NUMBERS.filter((finger) => fingers[finger] !== undefined);

export const isEmpty = (choice: CaptureChoice): boolean =>
  choice.face === null && fingersIn(choice).length === 0;

/** The pictures as the fields of a form that the console's actions read. */
export function formOf(choice: CaptureChoice, fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  if (choice.face !== null) form.set("face", choice.face.image.blob, "face");
  for (const finger of fingersIn(choice)) {
    const picture = choice.fingers[finger];
    if (picture !== undefined) form.set(`finger-${finger}`, picture.image.blob, `finger-${finger}`);
  }
  return form;
}
