import { z } from "zod";

/**
 * Everything the sandbox does that the public contract leaves open, one named switch each, so that one call to the
 * real service can flip it. The number in each docstring is the contract section the choice belongs to.
 */
export const sandboxSettings = z.strictObject({
  /** 1: media types a request may carry. Anything else is answered 415. `application/*+json` is always taken. */
  acceptedContentTypes: z
    .array(z.string())
    .default(["application/json", "application/json-patch+json", "text/json"]),
  /** 1: take images that still wear their `data:...;base64,` prefix. Off: `Invalid base64 string`. */
  tolerateDataUri: z.boolean().default(false),
  /** 2: let the Multibiometrics key open `/quality/*` although a key of its own is configured for it. */
  qualityAcceptsMainKey: z.boolean().default(false),
  /** 3.1: longest CustomID; a longer one is `Invalid JSON format`. Case-sensitive, never trimmed. */
  customIdMaxLength: z.int().positive().default(128),
  /** 3.1: take several objects in `Face` or `Fingers` as one. Off: `Invalid JSON format`. */
  mergeBiometricObjects: z.boolean().default(true),
  /** 3.1: read `"Fingers": [{}]` as if it were absent. Off: `Invalid JSON format`. */
  emptyFingersAreAbsent: z.boolean().default(true),
  /** 3.2: send `ClientID` in enroll and update answers. */
  sendClientId: z.boolean().default(true),
  /** 3.2: refuse the whole enrolment when one capture is unusable, or keep what could be used. */
  unusableCapture: z.enum(["refuse_all", "keep_usable"]).default("refuse_all"),
  /** 3.3: list fingers never sent in `NonMatchedFingers` (vendor support). Off: the integration guide's sample. */
  listFingersNotSent: z.boolean().default(true),
  /** 3.3: what `Match` demands when several captures are sent. */
  matchRule: z.enum(["all", "any"]).default("all"),
  /** 3.3: a capture sent for something never enrolled counts as no match, or is left out of the verdict. */
  notEnrolled: z.enum(["no_match", "ignored"]).default("no_match"),
  /** 3.3: send a top-level `"Success": true` with person answers. */
  sendSuccess: z.boolean().default(false),
  /** 3.4: update replaces the captures sent, or the whole record. */
  updateReplaces: z.enum(["sent", "everything"]).default("sent"),
  /** 3.5: a deleted CustomID may be enrolled again. Off: `CustomID already exists`, and the id's hash is kept. */
  reenrollAfterDelete: z.boolean().default(true),
  /** 4.1: `IsGenuine`, `FaceMatched` and a finger's match all mean a score of at least this, of 0..100. */
  scoreThreshold: z.number().min(0).max(100).default(50),
  /** 4.1: face-descriptor distance that scores exactly 50. */
  faceDistanceAtScore50: z.number().gt(0).lt(1).default(0.4),
  /** 4.1: share of paired minutiae that scores exactly 50. */
  fingerShareAtScore50: z.number().gt(0).lt(1).default(0.65),
  /** 4.2: HTTP status of a liveness answer whose `result` is an error. */
  livenessErrorStatus: z.union([z.literal(200), z.literal(400)]).default(200),
  /** 4.2: `spoof` is not measured; it is this. `true` plays a presentation attack. */
  spoof: z.boolean().default(false),
  /** 4.4: requirements stated rather than measured, to play glasses, hats and the like. */
  icaoStated: z
    .record(z.string(), z.strictObject({ IsConformed: z.boolean(), Confidence: z.number().min(0).max(100) }))
    .default({}),
  /** 5.1: Content-Type of the plain-text errors. */
  errorContentType: z.string().default("text/plain; charset=utf-8"),
  /** 5.2: status of `Person not found`. */
  personNotFoundStatus: z.union([z.literal(400), z.literal(404)]).default(400),
  /** 5.2: said when there is no face, or it is too small or too blurred. */
  unusableFaceMessage: z
    .enum(["Failed to extract template", "Failed to extract face template"])
    .default("Failed to extract template"),
  /** 5.2: said when a picture for one person shows several faces of like size. */
  severalFacesMessage: z
    .enum(["Failed to extract template", "Failed to extract face template"])
    .default("Failed to extract face template"),
  /** 5.5: largest request body; a larger one is answered 413. */
  maxBodyBytes: z
    .int()
    .positive()
    .default(16 * 1024 * 1024),
  /** 5.5: largest picture; a larger one is refused before it is decoded, as `Invalid base64 string`. */
  maxPixels: z.int().positive().default(40_000_000),
  /** 5.5: take TIFF pictures of fingers, as old vendor samples send them. */
  allowTiffFingers: z.boolean().default(false),
  /** 5.2: smallest usable face, top to bottom, in pixels of the picture as sent. */
  minFaceHeightPx: z.number().positive().default(72),
  /** 5.2: least sharpness of a usable face; see `faces/sharpness.ts` for the measure. */
  minFaceSharpness: z.number().min(0).default(0.015),
});

export type SandboxSettings = z.infer<typeof sandboxSettings>;

/** The choices the contract calls "Sim". */
export const defaultSettings: SandboxSettings = sandboxSettings.parse({});
