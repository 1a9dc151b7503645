import { PICTURE_BOUNDS } from "#lib/captures/types.ts";
import type { FaceBox, Guidance, Look, Sight } from "./types.ts";

/** Parts of the frame's height. A smaller face has too few pixels, a larger one is cut off at chin or brow. */
const FACE_HEIGHT = { min: 0.34, max: 0.8 };
/** How far the middle of the face may lie from the middle of the frame. */
const OFF_CENTRE = { x: 0.12, y: 0.16 };
/** How far it may move between two looks, about a tenth of a second apart on a phone. */
const MOVED = 0.06;

export const STARTING: Sight = {
  guidance: "starting",
  face: false,
  light: false,
  distance: false,
  still: false,
};

/** The camera runs and the detector has not answered yet. */
export const LOOKING: Sight = { ...STARTING, guidance: "looking" };

/** Without the detector there is no guidance, and the button still takes the picture. */
export const UNGUIDED: Sight = { ...STARTING, guidance: "no_guidance" };

/** Judges one look at the frame against the look before it; the first obstacle a person can remove is named. */
export function judgeLook(look: Look, before: FaceBox | null): Sight {
  const { box } = look;
  if (look.faces === 0 || box === null) return { ...STARTING, guidance: lightOf(look) ?? "no_face" };
  const light = lightOf(look);
  const distance = distanceOf(box);
  const still = before === null || movedBy(box, before) <= MOVED;
  const guidance =
    (look.faces > 1 ? "several_faces" : null) ??
    light ??
    distance ??
    placeOf(box) ??
    (still ? "hold_still" : "keep_still");
  return { guidance, face: look.faces === 1, light: light === null, distance: distance === null, still };
}

function lightOf({ lightLevel }: Look): Guidance | null {
  if (isTooDark(lightLevel)) return "too_dark";
  return isTooBright(lightLevel) ? "too_bright" : null;
}

/** For the camera and for pictures from files alike. */
export const isTooDark = (lightLevel: number): boolean => lightLevel < PICTURE_BOUNDS.darkBelow;
export const isTooBright = (lightLevel: number): boolean => lightLevel > PICTURE_BOUNDS.brightAbove;

function distanceOf(box: FaceBox): Guidance | null {
  if (box.height < FACE_HEIGHT.min) return "come_closer";
  return box.height > FACE_HEIGHT.max ? "move_back" : null;
}

/** Left and right are the person's own: the camera sees them the other way round. */
function placeOf(box: FaceBox): Guidance | null {
  const x = box.x + box.width / 2 - 0.5;
  const y = box.y + box.height / 2 - 0.5;
  if (Math.abs(x) > OFF_CENTRE.x) return x < 0 ? "move_left" : "move_right";
  if (Math.abs(y) > OFF_CENTRE.y) return y < 0 ? "move_down" : "move_up";
  return null;
}

const movedBy = (a: FaceBox, b: FaceBox): number =>
  Math.hypot(a.x + a.width / 2 - b.x - b.width / 2, a.y + a.height / 2 - b.y - b.height / 2);
