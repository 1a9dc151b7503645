import { PICTURE_BOUNDS } from "#lib/captures/types.ts";
import { isTooBright, isTooDark } from "./guidance.ts";
import type { PictureChecks, PictureHint, PictureLook, Subject } from "./types.ts";

/** Shorter side in pixels. Fewer hold no face that can be compared; a reader's print of a finger is about 256 wide. */
const SMALL_BELOW = { face: 200, finger: 150 } as const;
/** Height of the face in pixels. */
const FACE_SMALL_BELOW = 100;

/** What could be better in a picture, what helps most first, and the ticks under it. */
export function judgePicture(
  look: PictureLook,
  subject: Subject,
): { hints: PictureHint[]; checks: PictureChecks | null } {
  const small = Math.min(look.width, look.height) < SMALL_BELOW[subject];
  if (subject === "finger") {
    return {
      hints: listed({ small_picture: small, faint: look.contrast < PICTURE_BOUNDS.faintBelow }),
      checks: null,
    };
  }
  const light = { too_dark: isTooDark(look.lightLevel), too_bright: isTooBright(look.lightLevel) };
  const blurred = look.sharpness < PICTURE_BOUNDS.blurredBelow;
  const far = look.box !== null && look.box.height * look.height < FACE_SMALL_BELOW;
  const hints = listed({
    small_picture: small,
    no_face: look.faces === 0,
    several_faces: (look.faces ?? 0) > 1,
    ...light,
    blurred,
    face_small: far,
  });
  if (look.faces === null) return { hints, checks: null };
  const checks = {
    face: look.faces === 1,
    light: !light.too_dark && !light.too_bright,
    distance: look.faces > 0 && !far,
    sharp: !blurred,
  };
  return { hints, checks };
}

const listed = (found: Partial<Record<PictureHint, boolean>>): PictureHint[] =>
  (Object.keys(found) as PictureHint[]).filter((hint) => found[hint]);
