/** Finger positions as the API numbers them: 1-5 right thumb to little, 6-10 left thumb to little. */
export type FingerNumber = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10;

/** One capture to send. Every image is bare Base64 of a BMP, PNG or JPG, without a data-URI prefix. */
export type Biometrics = {
  face?: string | undefined;
  fingers?: Partial<Record<FingerNumber, string>> | undefined;
};

export type Operation =
  | "enroll"
  | "verify"
  | "update"
  | "delete"
  | "extract"
  | "match"
  | "liveness"
  | "face_detect"
  | "check_icao";

/** Why a call gave no usable answer. The first group is about what was sent, the second about the service. */
export type ApiFailureCode =
  | "request_invalid"
  | "custom_id_missing"
  | "custom_id_exists"
  | "person_not_found"
  | "capture_unusable"
  | "image_invalid"
  | "image_missing"
  | "image_too_large"
  | "refused_other"
  | "unauthorized"
  | "quota_exhausted"
  | "rate_limited"
  | "endpoint_missing"
  | "server_error"
  | "timed_out"
  | "unreachable"
  | "answer_unreadable"
  | "circuit_open";

/** What happened on the wire; safe to store and log: it never holds a key, an image or a CustomID. */
export type CallFacts = {
  operation: Operation;
  /** HTTP status of the last try, null when no answer came. */
  status: number | null;
  /** From the first byte sent to the verdict, retries included. */
  latencyMs: number;
  tries: number;
  /** The API's own words, trimmed to 200 characters and only when they are one of its known messages; else null. */
  message: string | null;
  /** SHA-256 (hexadecimal) of the body of the last try's answer; null when none came whole. */
  answerSha256: string | null;
};

export type ApiResult<T> =
  | { ok: true; value: T; call: CallFacts }
  | {
      ok: false;
      code: ApiFailureCode;
      call: CallFacts;
      /** True when the request may have taken effect although no answer says so. */
      outcomeUnknown: boolean;
      retryAfterMs?: number;
    };

export type EnrolledPerson = { customId: string; bioPassId: string | null };

export type Verdict = {
  match: boolean;
  faceMatched: boolean;
  /** Fingers that were sent and did not match. Fingers never sent are left out, though the API lists them. */
  nonMatchedFingers: FingerNumber[];
  /** The fingers exactly as the API listed them, for the history. */
  listedFingers: FingerNumber[];
};

export type LivenessResult = "ok" | "no_face" | "several_faces";
export type Liveness = { result: LivenessResult; live: boolean };

export type IcaoRequirement = { conformed: boolean; confidence: number };
export type IcaoReport = {
  /** -1 processing error; 0 fine; 1 no face; 2 no landmarks; 3 left; 4 right; 5 up; 6 down; 7 too distant. */
  faceImageConformed: number;
  allConformed: boolean;
  /** Only the requirements the API assessed, by its own names (`Blurred`, `TooDarkLight`, `Hat_Cap` …). */
  requirements: Record<string, IcaoRequirement>;
};

export type ModalityType = "FACE" | "FINGER";
export type Comparison = { genuine: boolean; score: number };

/** How long a call may take in all and what it may still spend, so that one login keeps its budget over several calls. */
export type CallOptions = {
  totalTimeoutMs?: number;
  signal?: AbortSignal;
  /** Exactly one HTTP request, whatever comes of it: for an act that must not be done twice. */
  tries?: 1;
};

/** The two keys of a package, by the settings that hold them. */
export type KeyName = "primary" | "secondary";
/** Which key calls are made with, and which ones the service refused when they were last tried. */
export type KeyState = { using: KeyName; refused: KeyName[] };

/** `held`: open by hand, whatever the calls say. */
export type CircuitStateName = "closed" | "open" | "half_open" | "held";

/** Everything Gatehouse asks of the Multibiometrics API. Never throws for anything the service does. */
export interface Multibiometrics {
  /** Where it is: what was observed of this API is kept by that name. */
  readonly origin: string;
  enroll(customId: string, biometrics: Biometrics, options?: CallOptions): Promise<ApiResult<EnrolledPerson>>;
  verify(customId: string, biometrics: Biometrics, options?: CallOptions): Promise<ApiResult<Verdict>>;
  update(customId: string, biometrics: Biometrics, options?: CallOptions): Promise<ApiResult<EnrolledPerson>>;
  delete(customId: string, options?: CallOptions): Promise<ApiResult<{ customId: string }>>;
  extract(type: ModalityType, image: string, options?: CallOptions): Promise<ApiResult<{ template: string }>>;
  match(
    type: ModalityType,
    templateA: string,
    templateB: string,
    options?: CallOptions,
  ): Promise<ApiResult<Comparison>>;
  checkLiveness(image: string, options?: CallOptions): Promise<ApiResult<Liveness>>;
  detectFaces(image: string, options?: CallOptions): Promise<ApiResult<{ count: number }>>;
  checkIcao(image: string, options?: CallOptions): Promise<ApiResult<IcaoReport>>;
  /**
   * Circuit state per family, for health pages. `quality` is `/quality/*`, a package with a key of its own;
   * liveness and face_detect share host, package and key with the people operations, and so their circuit.
   */
  circuits(): { people: CircuitStateName; quality: CircuitStateName };
  /** Which keys are in use, for health pages; never the keys themselves. */
  keys(): { people: KeyState; quality: KeyState };
  close(): Promise<void>;
}
