import type { Logger } from "pino";
import { Pool } from "undici";
import { type Call, callApi, type Line } from "./call-api.ts";
import { type BreakerOptions, breakerDefaults, type Circuit, createCircuit } from "./circuit.ts";
import { createKeyRing } from "./key-ring.ts";
import { originOf } from "./origin.ts";
import {
  readComparison,
  readDeleted,
  readEnrolled,
  readFaceCount,
  readIcao,
  readLiveness,
  readTemplate,
  readVerdict,
} from "./read-answer.ts";
import { deleteBody, fingersIn, personBody } from "./requests.ts";
import type { CheckRequest, ExtractRequest, LivenessRequest, MatchRequest } from "./schema.ts";
import type {
  ApiFailureCode,
  ApiResult,
  CallOptions,
  KeyState,
  Multibiometrics,
  Operation,
} from "./types.ts";

export type MultibiometricsOptions = {
  url: string;
  apiKey: string;
  /** Used when `apiKey` is refused, so that a key can be replaced while calls go on. */
  apiKeySecondary?: string | undefined;
  /** For `/quality/*`, which belongs to a package of its own. */
  qualityApiKey: string;
  qualityApiKeySecondary?: string | undefined;
  totalTimeoutMs?: number;
  tryTimeoutMs?: number;
  connections?: number;
  maxAnswerBytes?: number;
  breaker?: Partial<BreakerOptions>;
  /** Whether a person holds both circuits open now: then nothing is called. */
  isHeldOpen?: () => boolean;
  log?: Pick<Logger, "info" | "warn">;
};

const defaults = { totalTimeoutMs: 3_000, connections: 64, maxAnswerBytes: 1_048_576 };

// Idle connections are dropped before the middleboxes on the way forget them in silence.
const keepAlive = { keepAliveTimeout: 20_000, keepAliveMaxTimeout: 60_000 };

// The shortest time a policy may set is 500 ms, of which our own part takes some. Less is the rest of a longer time.
const TELLING_MS = 300;

// BIOPASS is the one template format that holds faces as well as fingers.
const templateFormat = "BIOPASS";

type Ask<T> = Pick<Call<T>, "operation" | "body" | "read" | "recognise">;

/**
 * Makes a client of the Multibiometrics API. Nothing the service does makes it throw, take longer than its
 * total time, or put a body, a key or a CustomID into a result or a log line.
 */
export function createMultibiometrics(options: MultibiometricsOptions): Multibiometrics {
  const settings = { ...defaults, ...options };
  const address = new URL(settings.url);
  const pool = new Pool(address.origin, {
    ...keepAlive,
    connections: settings.connections,
    connect: { timeout: settings.totalTimeoutMs },
  });
  const line: Line = {
    pool,
    basePath: address.pathname.replace(/\/+$/, ""),
    tryTimeoutMs: settings.tryTimeoutMs ?? null,
    maxAnswerBytes: settings.maxAnswerBytes,
  };
  const breaker = { ...breakerDefaults, ...settings.breaker };
  const people = createCircuit(breaker, logChanges("people", settings.log), settings.isHeldOpen);
  const quality = createCircuit(breaker, logChanges("quality", settings.log), settings.isHeldOpen);
  const keys = createKeyRings(settings);

  function ask<T>(
    request: Ask<T>,
    { totalTimeoutMs, signal, tries }: CallOptions = {},
  ): Promise<ApiResult<T>> {
    // Liveness and face_detect share host, package and key with the people operations, so what fails for one
    // fails for all of them; only `/quality/*` may be refused alone.
    const isQuality = request.operation === "check_icao";
    const circuit: Circuit = isQuality ? quality : people;
    const budgetMs = totalTimeoutMs ?? settings.totalTimeoutMs;
    if (signal?.aborted || budgetMs <= 0) return Promise.resolve(notAsked(request.operation));
    // A caller who left, or who had little time to give, says nothing about the service.
    const counts = (code: ApiFailureCode) =>
      code !== "timed_out" ||
      (signal?.aborted !== true && budgetMs >= Math.min(TELLING_MS, settings.totalTimeoutMs / 2));
    const call = {
      ...request,
      keys: isQuality ? keys.quality : keys.people,
      totalTimeoutMs: budgetMs,
      signal,
      tries,
    };
    return circuit.run(request.operation, counts, () => callApi(line, call));
  }

  return {
    origin: originOf(settings.url),
    ...peopleOperations(ask),
    ...imageOperations(ask),
    circuits: () => ({ people: people.state(), quality: quality.state() }),
    keys: () => ({ people: keys.people.state(), quality: keys.quality.state() }),
    close: async () => {
      if (!pool.closed) await pool.close();
    },
  };
}

function createKeyRings(options: MultibiometricsOptions) {
  const { apiKey, apiKeySecondary, qualityApiKey, qualityApiKeySecondary, log } = options;
  return {
    people: createKeyRing({ primary: apiKey, secondary: apiKeySecondary }, logKeys("people", log)),
    quality: createKeyRing(
      { primary: qualityApiKey, secondary: qualityApiKeySecondary },
      logKeys("quality", log),
    ),
  };
}

type AskFunction = <T>(request: Ask<T>, options?: CallOptions) => Promise<ApiResult<T>>;

function peopleOperations(
  ask: AskFunction,
): Pick<Multibiometrics, "enroll" | "verify" | "update" | "delete"> {
  return {
    enroll: (customId, biometrics, options) =>
      ask(
        {
          operation: "enroll",
          body: personBody(customId, biometrics),
          read: (answer, nowMs) => readEnrolled(answer, { customId }, nowMs),
          // The first try enrolled the person; no read operation exists that would give the lost BioPassID.
          recognise: (refusal) => (refusal === "custom_id_exists" ? { customId, bioPassId: null } : null),
        },
        options,
      ),
    verify: (customId, biometrics, options) => {
      const sent = { customId, face: biometrics.face !== undefined, fingers: fingersIn(biometrics) };
      const body = personBody(customId, biometrics);
      return ask(
        { operation: "verify", body, read: (answer, now) => readVerdict(answer, sent, now) },
        options,
      );
    },
    update: (customId, biometrics, options) =>
      ask(
        {
          operation: "update",
          body: personBody(customId, biometrics),
          read: (answer, nowMs) => readEnrolled(answer, { customId }, nowMs),
        },
        options,
      ),
    delete: (customId, options) =>
      ask(
        {
          operation: "delete",
          body: deleteBody(customId),
          read: (answer, nowMs) => readDeleted(answer, { customId }, nowMs),
          recognise: (refusal) => (refusal === "person_not_found" ? { customId } : null),
        },
        options,
      ),
  };
}

function imageOperations(
  ask: AskFunction,
): Pick<Multibiometrics, "extract" | "match" | "checkLiveness" | "detectFaces" | "checkIcao"> {
  return {
    extract: (type, image, options) => {
      const body: ExtractRequest = { Extract: { Type: type, Format: templateFormat, Artifact: image } };
      return ask({ operation: "extract", body, read: readTemplate }, options);
    },
    match: (type, templateA, templateB, options) => {
      const body: MatchRequest = {
        Match: { Type: type, Format: templateFormat, Artifact_A: templateA, Artifact_B: templateB },
      };
      return ask({ operation: "match", body, read: readComparison }, options);
    },
    checkLiveness: (image, options) => {
      const body: LivenessRequest = { Spoof: { Image: image } };
      return ask({ operation: "liveness", body, read: readLiveness }, options);
    },
    detectFaces: (image, options) => {
      const body: CheckRequest = { Check: { Image: image } };
      return ask({ operation: "face_detect", body, read: readFaceCount }, options);
    },
    checkIcao: (image, options) => {
      const body: CheckRequest = { Check: { Image: image } };
      return ask({ operation: "check_icao", body, read: readIcao }, options);
    },
  };
}

function notAsked(operation: Operation): ApiResult<never> {
  const call = { operation, status: null, latencyMs: 0, tries: 0, message: null, answerSha256: null };
  return { ok: false, code: "timed_out", call, outcomeUnknown: false };
}

function logChanges(circuit: string, log: MultibiometricsOptions["log"]) {
  return (state: string, lastFailure: ApiFailureCode | null) => {
    if (state === "closed") log?.info({ circuit, state }, "Multibiometrics circuit closed");
    else log?.warn({ circuit, state, lastFailure }, "Multibiometrics circuit changed");
  };
}

function logKeys(keys: string, log: MultibiometricsOptions["log"]) {
  return ({ using, refused }: KeyState) => {
    if (refused.length === 0) log?.info({ keys, using }, "Multibiometrics takes the key again");
    else log?.warn({ keys, using, refused }, "Multibiometrics refuses a key");
  };
}
