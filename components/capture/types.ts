import type { FingerNumber } from "#lib/multibiometrics/types.ts";

/** One picture as it is sent: JPEG or PNG, upright, small enough for the API. Held in this page's memory only. */
export type CapturedImage = { blob: Blob; type: "image/jpeg" | "image/png"; width: number; height: number };

/** What was taken a picture of: ridges need their fine lines, faces are looked for. */
export type Subject = "face" | "finger";

/** What a person may want to change in a picture before it is sent. A hint keeps nobody from sending. */
export type PictureHint =
  | "small_picture"
  | "no_face"
  | "several_faces"
  | "too_dark"
  | "too_bright"
  | "blurred"
  | "face_small"
  | "faint";

/** What is right in a picture, in the words under it; null where there was nobody to look for a face. */
export type PictureChecks = { face: boolean; light: boolean; distance: boolean; sharp: boolean };

/** What was measured in a picture. `faces` is null where no detector could look; `box` is the largest face. */
export type PictureLook = {
  width: number;
  height: number;
  faces: number | null;
  box: FaceBox | null;
  lightLevel: number;
  contrast: number;
  sharpness: number;
};

/** A picture with what can be said of it before anybody compares it. */
export type ExaminedPicture = {
  image: CapturedImage;
  from: "camera" | "file";
  /** As it came: a large file was made smaller. */
  before: { bytes: number; width: number; height: number };
  look: PictureLook;
  hints: PictureHint[];
  checks: PictureChecks | null;
};

/** Fingers by position as the API numbers them: 1-5 right thumb to little finger, 6-10 left thumb to little finger. */
export type CapturedFingers = Partial<Record<FingerNumber, ExaminedPicture>>;

/** Why the camera gives no picture. `busy` is a camera that another program holds. */
export type CameraTrouble = "refused" | "missing" | "busy" | "unsupported" | "failed";

/** Why a file is no picture that could be sent. */
export type PictureFault = "not_a_picture" | "too_large";

/** What stands between the person and a good picture; `hold_still` means nothing does, `looking` that it is not known yet. */
export type Guidance =
  | "starting"
  | "looking"
  | "no_guidance"
  | "no_face"
  | "several_faces"
  | "too_dark"
  | "too_bright"
  | "come_closer"
  | "move_back"
  | "move_left"
  | "move_right"
  | "move_up"
  | "move_down"
  | "keep_still"
  | "hold_still";

/** A face in the frame, as parts of the frame's width and height. */
export type FaceBox = { x: number; y: number; width: number; height: number };

/** What one look at the camera's frame found. `box` is the largest face; `lightLevel` 0 (black) to 255. */
export type Look = { faces: number; box: FaceBox | null; lightLevel: number };

/** What is right and wrong in the frame, in the words the person sees. */
export type Sight = {
  guidance: Guidance;
  face: boolean;
  light: boolean;
  distance: boolean;
  still: boolean;
};
