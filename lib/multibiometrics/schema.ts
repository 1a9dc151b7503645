import { z } from "zod";

// The JSON of the Multibiometrics API, with its exact names. Requests are strict, because a misspelt name is
// a mistake; answers are loose, because fields may be added and several are only sometimes there.

/** Every call of the API that Gatehouse knows, by the name of the operation. */
export const endpoints = {
  enroll: { method: "POST", path: "/multibiometrics/enroll" },
  verify: { method: "POST", path: "/multibiometrics/verify" },
  update: { method: "PUT", path: "/multibiometrics/update" },
  // A DELETE with a JSON body: the CustomID travels in it.
  delete: { method: "DELETE", path: "/multibiometrics/delete" },
  extract: { method: "POST", path: "/multibiometrics/extract" },
  match: { method: "POST", path: "/multibiometrics/match" },
  liveness: { method: "POST", path: "/multibiometrics/liveness" },
  face_detect: { method: "POST", path: "/multibiometrics/face_detect" },
  check_icao: { method: "POST", path: "/quality/check_icao" },
} as const;

export const keyHeader = "Ocp-Apim-Subscription-Key";

/** The API's messages, word for word. Compare them without case, outer spaces and a final stop. */
export const apiMessages = {
  invalidJson: "Invalid JSON format",
  customIdMandatory: "CustomID is mandatory",
  customIdExists: "CustomID already exists",
  personNotFound: "Person not found",
  extractionFailed: "Failed to extract template",
  faceExtractionFailed: "Failed to extract face template",
  invalidBase64: "Invalid base64 string",
  imageNotFound: "Image (base64) not found",
  noFaces: "No Faces Detected",
  severalFaces: "Multiple Faces Detected",
  ok: "Ok",
  missingKey:
    "Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API.",
  invalidKey:
    "Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription.",
  resourceNotFound: "Resource not found",
} as const;

const fingerKeys = [
  "Finger-1",
  "Finger-2",
  "Finger-3",
  "Finger-4",
  "Finger-5",
  "Finger-6",
  "Finger-7",
  "Finger-8",
  "Finger-9",
  "Finger-10",
] as const;
export type FingerKey = (typeof fingerKeys)[number];

const faceEntry = z.strictObject({ "Face-1": z.string().optional() });
/** One object holds up to ten keys; a finger not captured is left out. */
const fingersEntry = z.partialRecord(z.enum(fingerKeys), z.string());

/**
 * Enroll, verify and update. A missing or empty `CustomID` parses, because the API has a message of its own for
 * it; so does a person without a biometric, because `"Fingers": [{}]` beside a face is seen in practice.
 */
const personRequest = z.strictObject({
  Person: z.strictObject({
    CustomID: z.string().nullish(),
    Face: z.array(faceEntry).optional(),
    Fingers: z.array(fingersEntry).optional(),
  }),
});

const deleteRequest = z.strictObject({
  Person: z.strictObject({ CustomID: z.string().nullish() }),
});

const templateType = z.enum(["FACE", "FINGER"]);
const templateFormat = z.enum(["BIOPASS", "ISO_IEC_2005_19794_2", "ISO_IEC_2011_19794_2", "ANSI_INCITS_378"]);

const extractRequest = z.strictObject({
  Extract: z.strictObject({ Type: templateType, Format: templateFormat, Artifact: z.string() }),
});

/** Both artifacts are templates made by extract, never images. */
const matchRequest = z.strictObject({
  Match: z.strictObject({
    Type: templateType,
    Format: templateFormat,
    Artifact_A: z.string(),
    Artifact_B: z.string(),
  }),
});

/** A missing image parses: liveness answers it with a message of its own. */
const livenessRequest = z.strictObject({
  Spoof: z.strictObject({ Image: z.string().nullish() }),
});

/** face_detect and check_icao. */
const checkRequest = z.strictObject({ Check: z.strictObject({ Image: z.string() }) });

/** Enroll and update. */
export const enrollAnswer = z.looseObject({
  Person: z.looseObject({
    CustomID: z.string().optional(),
    BioPassID: z.string().nullish(),
    ClientID: z.string().nullish(),
  }),
});

export const verifyAnswer = z.looseObject({
  Person: z.looseObject({
    CustomID: z.string().optional(),
    Match: z.boolean(),
    MatchDetails: z
      .looseObject({
        FaceMatched: z.boolean().nullish(),
        /** Lists fingers never sent too. Entries are "Finger-2" as seen; a bare number is understood. */
        NonMatchedFingers: z.array(z.union([z.string(), z.number()])).nullish(),
      })
      .nullish(),
  }),
});

export const deleteAnswer = z.looseObject({
  Person: z.looseObject({ CustomID: z.string().optional() }),
});

export const extractAnswer = z.looseObject({ Extract: z.looseObject({ Template: z.string().min(1) }) });

export const matchAnswer = z.looseObject({
  Match: z.looseObject({ IsGenuine: z.boolean(), Score: z.number() }),
});

/** The mixed casing is the API's. `result` carries the error; `spoof` is only there when it is `Ok`. */
export const livenessAnswer = z.looseObject({
  Success: z.boolean().optional(),
  result: z.string(),
  spoof: z.boolean().optional(),
});

export const faceDetectAnswer = z.looseObject({
  DetectedFaces: z.looseObject({
    FaceNumber: z.number().int().nonnegative(),
    FaceRects: z
      .array(z.looseObject({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }))
      .optional(),
  }),
});

export const icaoAnswer = z.looseObject({
  ICAO: z.looseObject({
    FaceImageConformed: z.number().int(),
    IsAllConformed: z.boolean(),
    Requirements: z
      .record(z.string(), z.looseObject({ IsConformed: z.boolean(), Confidence: z.number() }).nullish())
      .nullish(),
  }),
});

export type PersonRequest = z.input<typeof personRequest>;
export type DeleteRequest = z.input<typeof deleteRequest>;
export type ExtractRequest = z.input<typeof extractRequest>;
export type MatchRequest = z.input<typeof matchRequest>;
export type LivenessRequest = z.input<typeof livenessRequest>;
export type CheckRequest = z.input<typeof checkRequest>;
