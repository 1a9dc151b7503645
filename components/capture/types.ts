/** One picture, ready for the gateway: bare Base64, made in the browser. */
export type CapturedImage = { base64: string; type: "image/jpeg" | "image/png" };

/** Why the camera gives no picture. `busy` is a camera that another program holds. */
export type CameraTrouble = "refused" | "missing" | "busy" | "unsupported" | "failed";

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
