import { originalScale, type Picture } from "../images/picture.ts";
import type { SandboxSettings } from "../settings.ts";
import type { FoundFace } from "./found-face.ts";
import { measureSharpness } from "./sharpness.ts";

/** A face this much lower than the largest is someone in the background, not a second subject. */
const bystanderShare = 0.6;

export type ChosenFace =
  | { ok: true; face: FoundFace }
  | { ok: false; reason: "no_face" | "several_faces" | "too_small" | "too_blurred" };

/** Picks the one face a picture of one person is about, or says why there is none to use. Largest face first. */
export async function chooseFace(
  picture: Picture,
  faces: FoundFace[],
  settings: Pick<SandboxSettings, "minFaceHeightPx" | "minFaceSharpness">,
): Promise<ChosenFace> {
  const [face] = faces;
  if (face === undefined) return { ok: false, reason: "no_face" };
  if (countSubjects(faces) > 1) return { ok: false, reason: "several_faces" };
  if (face.box.height * originalScale(picture) < settings.minFaceHeightPx) {
    return { ok: false, reason: "too_small" };
  }
  const sharpness = await measureSharpness(picture, face.box);
  return sharpness < settings.minFaceSharpness ? { ok: false, reason: "too_blurred" } : { ok: true, face };
}

/** How many of the faces are near enough in size to the largest to be meant. */
export function countSubjects(faces: FoundFace[]): number {
  const largest = faces[0]?.box.height ?? 0;
  return faces.filter((face) => face.box.height >= largest * bystanderShare).length;
}
