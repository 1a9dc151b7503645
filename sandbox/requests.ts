import { z } from "zod";
import { messages, Refusal } from "./refusal.ts";
import type { SandboxSettings } from "./settings.ts";
import { templateFormats, templateTypes } from "./templates.ts";

// Unknown names beside the known ones are let pass, as ASP.NET's JSON reader does by default; unknown names of
// biometrics are refused.

export const fingerKeys = Array.from({ length: 10 }, (_, i) => `Finger-${i + 1}`);

const text = z.string();
const faceEntry = z.strictObject({ "Face-1": text.optional() });
const fingerEntry = z.strictObject(Object.fromEntries(fingerKeys.map((key) => [key, text.optional()])));
const person = z.object({
  CustomID: text.nullish(),
  Face: z.array(faceEntry).nullish(),
  Fingers: z.array(fingerEntry).nullish(),
});
const personBody = z.object({ Person: person });
const extractBody = z.object({
  Extract: z.object({ Type: z.enum(templateTypes), Format: z.enum(templateFormats), Artifact: text }),
});
const matchBody = z.object({
  Match: z.object({
    Type: z.enum(templateTypes),
    Format: z.enum(templateFormats),
    Artifact_A: text,
    Artifact_B: text,
  }),
});
const checkBody = z.object({ Check: z.object({ Image: text }) });
const livenessBody = z.object({ Spoof: z.object({ Image: text.nullish() }) });

export type PersonRequest = { customId: string; face: string | null; fingers: Map<string, string> };

/** Reads a body sent with enroll, verify or update. Throws the contract's error for what is wrong with it. */
export function readPerson(body: unknown, settings: SandboxSettings): PersonRequest {
  const { Person } = parse(personBody, body);
  const customId = readCustomId(Person.CustomID, settings);
  const face = merge(Person.Face ?? [], settings)["Face-1"] ?? null;
  const sentFingers = merge(Person.Fingers ?? [], settings);
  const fingers = new Map<string, string>();
  for (const key of fingerKeys) {
    const image = sentFingers[key];
    if (image !== undefined) fingers.set(key, image);
  }
  if (Person.Fingers?.length && fingers.size === 0 && !settings.emptyFingersAreAbsent) {
    throw new Refusal(messages.invalidJson);
  }
  if (face === null && fingers.size === 0) throw new Refusal(messages.invalidJson);
  return { customId, face, fingers };
}

/** Reads the body sent with delete: only the CustomID counts. */
export function readCustomIdOnly(body: unknown, settings: SandboxSettings): string {
  return readCustomId(parse(personBody, body).Person.CustomID, settings);
}

export function readExtract(body: unknown) {
  const { Extract } = parse(extractBody, body);
  if (Extract.Type === "FACE" && Extract.Format !== "BIOPASS") throw new Refusal(messages.invalidJson);
  return Extract;
}

export function readMatch(body: unknown) {
  const { Match } = parse(matchBody, body);
  if (Match.Type === "FACE" && Match.Format !== "BIOPASS") throw new Refusal(messages.invalidJson);
  return Match;
}

/** The image of face_detect and check_icao. */
export function readCheckImage(body: unknown): string {
  return parse(checkBody, body).Check.Image;
}

/** The image of liveness; null when the body is sound and the image is missing. */
export function readSpoofImage(body: unknown): string | null {
  return parse(livenessBody, body).Spoof.Image || null;
}

function readCustomId(value: string | null | undefined, settings: SandboxSettings): string {
  if (value === undefined || value === null || value === "") throw new Refusal(messages.customIdMandatory);
  if (value.length > settings.customIdMaxLength) throw new Refusal(messages.invalidJson);
  return value;
}

function merge(
  entries: Record<string, string | undefined>[],
  settings: SandboxSettings,
): Record<string, string | undefined> {
  if (entries.length > 1 && !settings.mergeBiometricObjects) throw new Refusal(messages.invalidJson);
  return Object.assign({}, ...entries);
}

function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new Refusal(messages.invalidJson);
  return parsed.data;
}
