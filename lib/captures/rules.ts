import { isBase64 } from "#lib/base64.ts";
import type { FingerNumber, IcaoReport } from "#lib/multibiometrics/types.ts";
import type { PolicyValues } from "#lib/policies/schema.ts";
import {
  type Capture,
  type CaptureFault,
  type CaptureModality,
  type CaptureReading,
  type FaceFindings,
  MAX_PICTURE_BYTES,
  type PictureBytes,
  type PictureProblem,
} from "./types.ts";

const DATA_URI = /^data:[\w.+/-]*;base64,/;

type Sent = { face?: string | undefined; fingers?: Partial<Record<`${FingerNumber}`, string>> | undefined };

/**
 * Reads what an application sent into what the API takes. A data-URI prefix and line breaks are taken off, because
 * browsers and phones add them; anything but a BMP, PNG or JPG, and a picture larger than the API takes, as far as that is
 * known, is named as a problem.
 */
export function readCapture(sent: Sent, mostBytes: number = MAX_PICTURE_BYTES): CaptureReading {
  const fingers: Partial<Record<FingerNumber, string>> = {};
  const fingerNumbers = (Object.keys(sent.fingers ?? {}).map(Number) as FingerNumber[]).sort((a, b) => a - b);
  const modality = modalityOf(sent.face !== undefined, fingerNumbers);
  const refuse = (problem: PictureProblem): CaptureReading => {
    return { ok: false, problem, modality, fingers: fingerNumbers };
  };
  const capture: Capture = { fingerNumbers };
  if (sent.face !== undefined) {
    const face = readPicture(sent.face, mostBytes);
    if (!face.ok) return refuse(face.problem);
    capture.face = face.base64;
  }
  for (const finger of fingerNumbers) {
    const picture = readPicture(sent.fingers?.[finger] ?? "", mostBytes);
    if (!picture.ok) return refuse(picture.problem);
    fingers[finger] = picture.base64;
  }
  if (fingerNumbers.length > 0) capture.fingers = fingers;
  return { ok: true, capture };
}

/** Reads pictures that came as bytes by the same rules. */
export function captureOf({ face, fingers }: PictureBytes, mostBytes?: number): CaptureReading {
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
  const sent = Object.entries(fingers).map(([finger, bytes]) => [finger, base64(bytes)]);
  const bare = {
    ...(face === undefined ? {} : { face: base64(face) }),
    ...(sent.length === 0 ? {} : { fingers: Object.fromEntries(sent) }),
  };
  return readCapture(bare, mostBytes);
}

/** What a capture holds, as the history counts it. */
export function modalityOf(face: boolean, fingers: readonly FingerNumber[]): CaptureModality {
  if (fingers.length === 0) return "face";
  return face ? "face_and_fingers" : "fingers";
}

type PictureReading = { ok: true; base64: string } | { ok: false; problem: PictureProblem };

/** Reads one picture; the text is copied only when something has to be taken off. */
export function readPicture(text: string, mostBytes: number = MAX_PICTURE_BYTES): PictureReading {
  if (text.length > 2 * MAX_PICTURE_BYTES) return { ok: false, problem: "image_too_large" };
  const bare = text.startsWith("data:") ? text.replace(DATA_URI, "") : text;
  if (bare.trim() === "") return { ok: false, problem: "no_capture" };
  const base64 = bareBase64(bare);
  if (base64 === null) return { ok: false, problem: "base64_invalid" };
  if (!isPicture(base64)) return { ok: false, problem: "image_invalid" };
  if ((base64.length / 4) * 3 - 2 > mostBytes) return { ok: false, problem: "image_too_large" };
  return { ok: true, base64 };
}

function bareBase64(text: string): string | null {
  if (isBase64(text)) return text;
  const joined = text.replace(/\s+/g, "");
  return isBase64(joined) ? joined : null;
}

/** By the first bytes: file names and media types are only what somebody says. */
function isPicture(base64: string): boolean {
  const head = Buffer.from(base64.slice(0, 12), "base64").toString("latin1");
  return head.startsWith("BM") || head.startsWith("\x89PNG\r\n\x1a\n") || head.startsWith("\xff\xd8\xff");
}

const PLACE_FAULTS: Record<number, CaptureFault> = {
  1: "no_face",
  2: "no_face",
  3: "face_off_centre",
  4: "face_off_centre",
  5: "face_off_centre",
  6: "face_off_centre",
  7: "face_too_far",
};

type Refusable = keyof PolicyValues["refuse"];

/** Requirements of check_icao by their own names, in the order in which a person can best act on them. */
const QUALITY_FAULTS: readonly [string, Refusable, CaptureFault][] = [
  ["TooDarkLight", "tooDark", "too_dark"],
  ["WashedOut", "tooBright", "too_bright"],
  ["Blurred", "blurred", "blurred"],
  ["LookingAway", "lookingAway", "looking_away"],
  ["Roll_Pitch_Yaw", "lookingAway", "looking_away"],
  ["VeilOverFace", "faceCovered", "face_covered"],
  ["HairAcrossEyes", "faceCovered", "face_covered"],
  ["EyesClosed", "eyesClosed", "eyes_closed"],
  ["DarkTintedLenses", "glasses", "glasses"],
  ["FlashReflectionOnLenses", "glasses", "glasses"],
  ["FramesTooHeavy", "glasses", "glasses"],
  ["FramesCoveringEyes", "glasses", "glasses"],
  ["Hat_Cap", "headCovered", "head_covered"],
  ["MouthOpen", "mouthOpen", "mouth_open"],
];

/** What a person is told whose picture one of the quality rules refused. */
export const faultOfRule = (rule: Refusable): CaptureFault | undefined =>
  QUALITY_FAULTS.find(([, refusedBy]) => refusedBy === rule)?.[2];

/** The first thing the policy refuses in a picture, or null when it may be used. */
export function refusedQuality(
  report: IcaoReport,
  policy: Pick<PolicyValues, "refuse" | "qualityMinConfidence">,
): CaptureFault | null {
  const place = PLACE_FAULTS[report.faceImageConformed];
  if (place === "no_face") return place;
  if (fails(report, "OtherFaces", policy.qualityMinConfidence)) return "several_faces";
  if (place !== undefined) return place;
  const found = QUALITY_FAULTS.find(
    ([name, rule]) => policy.refuse[rule] && fails(report, name, policy.qualityMinConfidence),
  );
  return found?.[2] ?? null;
}

/** Why a face picture that the API could not use is so, as far as anybody knows. Whatever policy says, it may name it. */
export function faultOf({ faces, report, liveness }: FaceFindings): CaptureFault {
  if (faces === 0 || liveness === "no_face") return "no_face";
  if ((faces ?? 0) > 1 || liveness === "several_faces") return "several_faces";
  if (report === null) return "capture_unusable";
  const place = PLACE_FAULTS[report.faceImageConformed];
  // A face the finder saw and the quality check did not: what spoils the picture says more than "no face".
  const spoilt = QUALITY_FAULTS.find(([name]) => fails(report, name, 0))?.[2];
  if (place === "no_face" && faces === null) return place;
  if (place !== undefined && place !== "no_face") return place;
  return spoilt ?? "capture_unusable";
}

function fails(report: IcaoReport, name: string, minConfidence: number): boolean {
  const requirement = report.requirements[name];
  return requirement !== undefined && !requirement.conformed && requirement.confidence >= minConfidence;
}
