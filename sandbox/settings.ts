import { z } from "zod";

/**
 * Everything the sandbox does that the public contract leaves open, one named switch each, so that one call to the
 * real service can flip it.
 */
export const sandboxSettings = z.strictObject({
  /** Media types a request may carry. Anything else is answered 415. `application/*+json` is always taken. */
  acceptedContentTypes: z
    .array(z.string())
    .default(["application/json", "application/json-patch+json", "text/json"]),
  /** Take images that still wear their `data:...;base64,` prefix. Off: `Invalid base64 string`. */
  tolerateDataUri: z.boolean().default(false),
  /** Let the Multibiometrics key open `/quality/*` although a key of its own is configured for it. */
  qualityAcceptsMainKey: z.boolean().default(false),
  /** Longest CustomID; a longer one is `Invalid JSON format`. Case-sensitive, never trimmed. */
  customIdMaxLength: z.int().positive().default(128),
  /** Take several objects in `Face` or `Fingers` as one. Off: `Invalid JSON format`. */
  mergeBiometricObjects: z.boolean().default(true),
  /** Read `"Fingers": [{}]` as if it were absent. Off: `Invalid JSON format`. */
  emptyFingersAreAbsent: z.boolean().default(true),
  /** Send `ClientID` in enroll and update answers. */
  sendClientId: z.boolean().default(true),
  /** Refuse the whole enrolment when one capture is unusable, or keep what could be used. */
  unusableCapture: z.enum(["refuse_all", "keep_usable"]).default("refuse_all"),
  /** List fingers never sent in `NonMatchedFingers` (vendor support). Off: the integration guide's sample. */
  listFingersNotSent: z.boolean().default(true),
  /** What `Match` demands when several captures are sent. */
  matchRule: z.enum(["all", "any"]).default("all"),
  /** A capture sent for something never enrolled counts as no match, or is left out of the verdict. */
  notEnrolled: z.enum(["no_match", "ignored"]).default("no_match"),
  /** Send a top-level `"Success": true` with person answers. */
  sendSuccess: z.boolean().default(false),
  /** Update replaces the captures sent, or the whole record. */
  updateReplaces: z.enum(["sent", "everything"]).default("sent"),
  /** A deleted CustomID may be enrolled again. Off: `CustomID already exists`, and the id's hash is kept. */
  reenrollAfterDelete: z.boolean().default(true),
  /** `IsGenuine`, `FaceMatched` and a finger's match all mean a score of at least this, of 0..100. */
  scoreThreshold: z.number().min(0).max(100).default(50),
  /** Face-descriptor distance that scores exactly 50. */
  faceDistanceAtScore50: z.number().gt(0).lt(1).default(0.4),
  /** Share of paired minutiae that scores exactly 50. */
  fingerShareAtScore50: z.number().gt(0).lt(1).default(0.65),
  /** HTTP status of a liveness answer whose `result` is an error. */
  livenessErrorStatus: z.union([z.literal(200), z.literal(400)]).default(200),
  /** `spoof` is not measured; it is this. `true` plays a presentation attack. */
  spoof: z.boolean().default(false),
  /** Requirements stated rather than measured, to play glasses, hats and the like. */
  icaoStated: z
    .record(z.string(), z.strictObject({ IsConformed: z.boolean(), Confidence: z.number().min(0).max(100) }))
    .default({}),
  /** Content-Type of the plain-text errors. */
  errorContentType: z.string().default("text/plain; charset=utf-8"),
  /** Status of `Person not found`. */
  personNotFoundStatus: z.union([z.literal(400), z.literal(404)]).default(400),
  /** Said when there is no face, or it is too small or too blurred. */
  unusableFaceMessage: z
    .enum(["Failed to extract template", "Failed to extract face template"])
    .default("Failed to extract template"),
  /** Said when a picture for one person shows several faces of like size. */
  severalFacesMessage: z
    .enum(["Failed to extract template", "Failed to extract face template"])
    .default("Failed to extract face template"),
  /** Largest request body; a larger one is answered 413. */
  maxBodyBytes: z
    .int()
    .positive()
    .default(16 * 1024 * 1024),
  /** Largest picture; a larger one is refused before it is decoded, as `Invalid base64 string`. */
  maxPixels: z.int().positive().default(40_000_000),
  /** Take TIFF pictures of fingers, as old vendor samples send them. */
  allowTiffFingers: z.boolean().default(false),
  /** Smallest usable face, top to bottom, in pixels of the picture as sent. */
  minFaceHeightPx: z.number().positive().default(72),
  /** Least sharpness of a usable face; see `faces/sharpness.ts` for the measure. */
  minFaceSharpness: z.number().min(0).default(0.015),
});

export type SandboxSettings = z.infer<typeof sandboxSettings>;

/** What the sandbox does when nothing else is said. */
export const defaultSettings: SandboxSettings = sandboxSettings.parse({});
