import { toGrey } from "../images/grey.ts";
import { originalScale, type Picture, type Point } from "../images/picture.ts";
import type { SandboxSettings } from "../settings.ts";
import type { FoundFace } from "./found-face.ts";
import { measureEyesSeen, measureLowerCover } from "./measure-cover.ts";
import { measureSharpness } from "./sharpness.ts";

export type IcaoRequirement = { IsConformed: boolean; Confidence: number };
export type IcaoReport = {
  FaceImageConformed: number;
  IsAllConformed: boolean;
  Requirements: Record<string, IcaoRequirement>;
};

/** `FaceImageConformed` of the contract, as far as it is used here. */
const placement = { fine: 0, noFace: 1, tooLeft: 3, tooRight: 4, tooHigh: 5, tooLow: 6, tooFar: 7 } as const;

/**
 * Measures what one picture cheaply shows: sharpness, light, resolution, pose, an open mouth, a covered lower face, dark
 * lenses, other faces, and where the face sits. The other requirements of the contract are left out of the answer, which means "not assessed",
 * unless the setting `icaoStated` states them.
 */
export async function assessIcao(
  picture: Picture,
  faces: FoundFace[],
  settings: SandboxSettings,
): Promise<IcaoReport> {
  const [face] = faces;
  if (face === undefined) {
    return { FaceImageConformed: placement.noFace, IsAllConformed: false, Requirements: settings.icaoStated };
  }
  const light = await measureLight(picture, face);
  const pose = measurePose(face.landmarks);
  const Requirements: Record<string, IcaoRequirement> = {
    Blurred: atLeast(await measureSharpness(picture, face.box), settings.minFaceSharpness),
    TooDarkLight: atLeast(light.mean, 60),
    WashedOut: atMost(light.burntShare, 0.25),
    Pixelation: atLeast(pose.eyeDistancePx * originalScale(picture), 40),
    Roll_Pitch_Yaw: atMost(Math.max(pose.rollDegrees / 15, pose.yawShare / 0.3), 1),
    MouthOpen: atMost(pose.mouthOpening, 0.35),
    OtherFaces: { IsConformed: faces.length === 1, Confidence: 100 },
    ...assessCover(picture, face),
    ...settings.icaoStated,
  };
  const FaceImageConformed = judgePlacement(picture, face);
  const all = Object.values(Requirements).every((requirement) => requirement.IsConformed);
  return { FaceImageConformed, IsAllConformed: FaceImageConformed === placement.fine && all, Requirements };
}

function assessCover(picture: Picture, { landmarks }: FoundFace): Record<string, IcaoRequirement> {
  const cover = measureLowerCover(picture, landmarks);
  const eyes = measureEyesSeen(picture, landmarks);
  return {
    ...(cover === null ? {} : { VeilOverFace: atMost(cover, 1) }),
    ...(eyes === null ? {} : { DarkTintedLenses: atLeast(eyes, 1) }),
  };
}

/** Confidence says how far the value lies from the limit: 50 on it, 100 at twice or none of it. */
function atLeast(value: number, limit: number): IcaoRequirement {
  const nearness = Math.min(1, Math.abs(value / limit - 1));
  return { IsConformed: value >= limit, Confidence: Math.round(50 + 50 * nearness) };
}

function atMost(value: number, limit: number): IcaoRequirement {
  const nearness = Math.min(1, Math.abs(value / limit - 1));
  return { IsConformed: value <= limit, Confidence: Math.round(50 + 50 * nearness) };
}

async function measureLight(picture: Picture, face: FoundFace) {
  const { luma } = await toGrey(picture, { width: 64, height: 64, fit: "fill" }, face.box);
  const mean = luma.reduce((sum, value) => sum + value, 0) / luma.length;
  const burntShare = luma.filter((value) => value >= 245).length / luma.length;
  return { mean, burntShare };
}

/** Head pose from the 68 landmarks: roll in degrees, yaw as how far the nose stands off centre between the eyes. */
function measurePose(landmarks: Point[]) {
  const rightEye = centre(landmarks.slice(36, 42));
  const leftEye = centre(landmarks.slice(42, 48));
  const nose = centre(landmarks.slice(30, 31));
  const eyeDistancePx = Math.hypot(leftEye.x - rightEye.x, leftEye.y - rightEye.y) || 1;
  const along = { x: (leftEye.x - rightEye.x) / eyeDistancePx, y: (leftEye.y - rightEye.y) / eyeDistancePx };
  const middle = centre([rightEye, leftEye]);
  const offCentre = (nose.x - middle.x) * along.x + (nose.y - middle.y) * along.y;
  return {
    eyeDistancePx,
    rollDegrees: Math.abs((Math.atan2(along.y, along.x) * 180) / Math.PI),
    yawShare: Math.abs(offCentre) / eyeDistancePx,
    mouthOpening: distance(landmarks[62], landmarks[66]) / (distance(landmarks[60], landmarks[64]) || 1),
  };
}

function judgePlacement(picture: Picture, { box }: FoundFace): number {
  const x = (box.x + box.width / 2) / picture.width;
  const y = (box.y + box.height / 2) / picture.height;
  if (box.height / picture.height < 0.2) return placement.tooFar;
  if (x < 0.3) return placement.tooLeft;
  if (x > 0.7) return placement.tooRight;
  if (y < 0.25) return placement.tooHigh;
  return y > 0.75 ? placement.tooLow : placement.fine;
}

function centre(points: Point[]): Point {
  const sum = points.reduce((a, b) => ({ x: a.x + b.x, y: a.y + b.y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}

function distance(a: Point | undefined, b: Point | undefined): number {
  return a === undefined || b === undefined ? 0 : Math.hypot(a.x - b.x, a.y - b.y);
}
