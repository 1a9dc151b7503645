import type { z } from "zod";
import { fold, type HttpAnswer, type Refusal, readFailure } from "./read-failure.ts";
import {
  apiMessages,
  deleteAnswer,
  enrollAnswer,
  extractAnswer,
  faceDetectAnswer,
  icaoAnswer,
  livenessAnswer,
  matchAnswer,
  verifyAnswer,
} from "./schema.ts";
import type {
  Comparison,
  EnrolledPerson,
  FingerNumber,
  IcaoReport,
  IcaoRequirement,
  Liveness,
  LivenessResult,
  Verdict,
} from "./types.ts";

export type Reading<T> = { ok: true; value: T } | ({ ok: false } & Refusal);

/** What was asked, as far as the answer must fit it. */
export type SentPerson = { customId: string; face: boolean; fingers: readonly FingerNumber[] };

type Content = { json: unknown; said: string | null; status: number; refused: boolean };

const unreadable = { ok: false, code: "answer_unreadable", message: null } as const;

/** Reads an answer to enroll or update. */
export function readEnrolled(answer: HttpAnswer, sent: { customId: string }, nowMs: number) {
  return read(answer, nowMs, enrollAnswer, ({ Person }): EnrolledPerson | null =>
    isAbout(Person.CustomID, sent.customId)
      ? { customId: sent.customId, bioPassId: Person.BioPassID ?? null }
      : null,
  );
}

/**
 * Reads an answer to verify. `Match` is the verdict; the API lists as not matched even fingers that were never
 * sent, so only those sent are counted.
 */
export function readVerdict(answer: HttpAnswer, sent: SentPerson, nowMs: number) {
  return read(answer, nowMs, verifyAnswer, ({ Person }): Verdict | null => {
    if (!isAbout(Person.CustomID, sent.customId)) return null;
    const listed = fingersListed(Person.MatchDetails?.NonMatchedFingers ?? []);
    return {
      match: Person.Match,
      faceMatched: sent.face && Person.MatchDetails?.FaceMatched === true,
      nonMatchedFingers: listed.filter((finger) => sent.fingers.includes(finger)),
      listedFingers: listed,
    };
  });
}

/** Reads an answer to delete. */
export function readDeleted(answer: HttpAnswer, sent: { customId: string }, nowMs: number) {
  return read(answer, nowMs, deleteAnswer, ({ Person }): { customId: string } | null =>
    isAbout(Person.CustomID, sent.customId) ? { customId: sent.customId } : null,
  );
}

/** Reads an answer to extract. */
export function readTemplate(answer: HttpAnswer, nowMs: number) {
  return read(answer, nowMs, extractAnswer, ({ Extract }) => ({ template: Extract.Template }));
}

/** Reads an answer to match. */
export function readComparison(answer: HttpAnswer, nowMs: number) {
  return read(
    answer,
    nowMs,
    matchAnswer,
    ({ Match }): Comparison => ({ genuine: Match.IsGenuine, score: Match.Score }),
  );
}

const livenessResults = new Map<string, LivenessResult>([
  [fold(apiMessages.ok), "ok"],
  [fold(apiMessages.noFaces), "no_face"],
  [fold(apiMessages.severalFaces), "several_faces"],
]);

/**
 * Reads an answer to liveness, which says in the body what the others say by status. An `Ok` that does not also
 * say success and spoof or not is unreadable: a doubt is neither a live face nor an attack.
 */
export function readLiveness(answer: HttpAnswer, nowMs: number): Reading<Liveness> {
  const content = contentOf(answer);
  const result = livenessResults.get(fold(content.said ?? ""));
  if (result === undefined || content.status >= 500) return readFailed(answer, content, nowMs);
  if (result !== "ok") return { ok: true, value: { result, live: false } };
  const parsed = livenessAnswer.safeParse(content.json);
  if (!parsed.success || parsed.data.Success !== true || parsed.data.spoof === undefined) return unreadable;
  return { ok: true, value: { result, live: !parsed.data.spoof } };
}

/** Reads an answer to face_detect. */
export function readFaceCount(answer: HttpAnswer, nowMs: number) {
  return read(answer, nowMs, faceDetectAnswer, ({ DetectedFaces }) => ({ count: DetectedFaces.FaceNumber }));
}

/** Reads an answer to check_icao; requirements the API left empty are left out. */
export function readIcao(answer: HttpAnswer, nowMs: number) {
  return read(answer, nowMs, icaoAnswer, ({ ICAO }): IcaoReport => {
    const requirements: Record<string, IcaoRequirement> = {};
    for (const [name, assessed] of Object.entries(ICAO.Requirements ?? {})) {
      if (assessed == null) continue;
      requirements[name] = { conformed: assessed.IsConformed, confidence: assessed.Confidence };
    }
    return {
      faceImageConformed: ICAO.FaceImageConformed,
      allConformed: ICAO.IsAllConformed,
      requirements,
    };
  });
}

/** Reads how a body was refused that was made to be refused; a refusal in any of its forms. */
export function readRefusal(answer: HttpAnswer, nowMs: number): Refusal {
  const { ok: _, ...refusal } = readFailed(answer, contentOf(answer), nowMs);
  return refusal;
}

function read<Schema extends z.ZodType, T>(
  answer: HttpAnswer,
  nowMs: number,
  schema: Schema,
  toValue: (data: z.output<Schema>) => T | null,
): Reading<T> {
  const content = contentOf(answer);
  const succeeded = content.status >= 200 && content.status < 300 && !content.refused;
  const parsed = succeeded ? schema.safeParse(content.json) : null;
  if (parsed?.success !== true) return readFailed(answer, content, nowMs);
  const value = toValue(parsed.data);
  return value === null ? unreadable : { ok: true, value };
}

function readFailed(answer: HttpAnswer, content: Content, nowMs: number): { ok: false } & Refusal {
  const refusal = readFailure({ ...answer, status: content.status }, content.said, nowMs);
  // A plain "no" without a known reason on a good status is a refusal, not a broken answer.
  const code = content.refused && refusal.code === "answer_unreadable" ? "refused_other" : refusal.code;
  return { ok: false, ...refusal, code };
}

/** The body in the first of the forms it may take: gateway JSON, `Success`, `result`, a JSON string, raw text. */
function contentOf({ status, body }: HttpAnswer): Content {
  const text = body.replace(/^\uFEFF/, "").trim();
  const json = parseJson(text);
  if (json === undefined) return { json, said: text === "" ? null : text, status, refused: false };
  if (typeof json === "string") return { json, said: json, status, refused: false };
  if (typeof json !== "object" || json === null) return { json, said: null, status, refused: false };
  const named = new Map<string, unknown>(Object.entries(json));
  const inner = Number(named.get("statusCode"));
  const said = [named.get("message"), named.get("Message"), named.get("result")].find(isText) ?? null;
  return {
    json,
    said,
    status: status < 400 && inner >= 400 && inner < 600 ? inner : status,
    refused: named.get("Success") === false,
  };
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * An answer that names someone else must never be taken for this person's. Case and spaces count, because two
 * people may differ by them alone; a missing name is tolerated.
 */
function isAbout(echoed: string | undefined, customId: string): boolean {
  return echoed === undefined || echoed === customId;
}

function fingersListed(entries: readonly (string | number)[]): FingerNumber[] {
  const numbers = entries.flatMap((entry) => {
    const written = /^(?:finger[-_ ]?)?(10|[1-9])$/i.exec(String(entry).trim());
    return written === null ? [] : [Number(written[1])];
  });
  return [...new Set(numbers)].filter(isFinger).sort((a, b) => a - b);
}

function isFinger(value: number): value is FingerNumber {
  return Number.isInteger(value) && value >= 1 && value <= 10;
}
