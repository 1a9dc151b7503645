import type { ApiResult, FingerNumber, IcaoReport, LivenessResult } from "#lib/multibiometrics/types.ts";

/** The API's documented client-side default: 800 KiB a picture. */
export const MAX_PICTURE_BYTES = 800 * 1024;

/**
 * Where light and detail begin to cost matches, measured at the face or the finger. Below `darkBelow` webcams blur and the
 * detail is noise; above `brightAbove` skin is washed out. Sharp faces among the sample photographs lie above 0.03,
 * visibly blurred ones below 0.02. `faintBelow` is of a print's brightness: paler ridges run into the paper.
 */
export const PICTURE_BOUNDS = {
  darkBelow: 50,
  brightAbove: 228,
  blurredBelow: 0.02,
  faintBelow: 18,
} as const;

/** What is wrong with a picture before anything looked at what it shows. */
export type PictureProblem = "no_capture" | "base64_invalid" | "image_invalid" | "image_too_large";

/** A capture fit to be sent, or what is wrong with its first bad picture. */
export type CaptureReading =
  | { ok: true; capture: Capture }
  | { ok: false; problem: PictureProblem; modality: CaptureModality; fingers: FingerNumber[] };

/** Pictures as the API wants them: bare Base64 of a BMP, PNG or JPG. They pass through and are kept nowhere. */
export type Capture = {
  face?: string;
  fingers?: Partial<Record<FingerNumber, string>>;
  /** The positions in `fingers`, ascending. */
  fingerNumbers: FingerNumber[];
};

/** Pictures as a form of the console brings them. */
export type PictureBytes = {
  face?: Uint8Array;
  fingers: Partial<Record<FingerNumber, Uint8Array>>;
};

export type CaptureModality = "face" | "fingers" | "face_and_fingers";

/** What a look at the picture found that the person can change. */
export type CaptureFault =
  | "capture_unusable"
  | "no_face"
  | "several_faces"
  | "face_too_far"
  | "face_off_centre"
  | "too_dark"
  | "too_bright"
  | "blurred"
  | "looking_away"
  | "glasses"
  | "head_covered"
  | "face_covered"
  | "mouth_open"
  | "eyes_closed";

/** What was learnt of an unusable face picture; null for a question that was not asked or not answered. */
export type FaceFindings = {
  faces: number | null;
  report: IcaoReport | null;
  liveness: LivenessResult | null;
};

/** The answers of the checks made before a verification; null for a check the policy does not want. */
export type Screening = {
  quality: ApiResult<IcaoReport> | null;
  liveness: ApiResult<{ result: LivenessResult; live: boolean }> | null;
};
