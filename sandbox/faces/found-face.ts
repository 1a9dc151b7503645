import type { Point, Rectangle } from "../images/picture.ts";

/** A face as the model sees it, in pixels of the picture given. */
export type FoundFace = {
  box: Rectangle;
  /** The detector's own certainty, 0..1. */
  certainty: number;
  /** 68 points: jaw 0-16, brows 17-26, nose 27-35, eyes 36-47, mouth 48-67. */
  landmarks: Point[];
  /** 128 numbers; the distance between two says how unlike the faces are. Only the largest face has one. */
  descriptor: Float32Array | null;
};

export type FaceQuestion = {
  id: number;
  width: number;
  height: number;
  rgb: Uint8Array;
};

export type FaceAnswer =
  | { kind: "ready" }
  | { kind: "faces"; id: number; faces: FoundFace[] }
  | { kind: "failed"; id: number; reason: string };
