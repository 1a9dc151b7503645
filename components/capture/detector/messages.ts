import type { FoundFace, Square } from "./find-faces.ts";

/** What the detector's thread is told: where the weights lie, once; then one square after another. */
export type ToDetector = { weightsAt: string } | { look: number; square: Square; minScore: number };

/** Its answers: that the weights are there or could not be had, and the faces of each look. */
export type FromDetector = { ready: boolean } | { look: number; faces: FoundFace[] };
