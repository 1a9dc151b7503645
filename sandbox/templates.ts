import { z } from "zod";
import { scoreOfFaces } from "./faces/compare-faces.ts";
import { compareFingers, type Minutia } from "./fingers/compare-fingers.ts";
import type { SandboxSettings } from "./settings.ts";

export const templateTypes = ["FACE", "FINGER"] as const;
export const templateFormats = [
  "BIOPASS",
  "ISO_IEC_2005_19794_2",
  "ISO_IEC_2011_19794_2",
  "ANSI_INCITS_378",
] as const;
export type TemplateType = (typeof templateTypes)[number];
export type TemplateFormat = (typeof templateFormats)[number];

export type Template =
  | { type: "FACE"; format: TemplateFormat; descriptor: Float32Array }
  | { type: "FINGER"; format: TemplateFormat; minutiae: Minutia[] };

const descriptorLength = 128;
const sealed = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("FACE"),
    format: z.enum(templateFormats),
    descriptor: z.array(z.number()).length(descriptorLength),
  }),
  z.strictObject({
    type: z.literal("FINGER"),
    format: z.enum(templateFormats),
    minutiae: z.array(z.strictObject({ x: z.number(), y: z.number(), angle: z.number() })),
  }),
]);

/**
 * Writes a template as the Base64 text that extract answers and match takes.
 *
 * The content is the sandbox's own whatever format was asked for: the name of an ISO or ANSI format is kept with the
 * template, its encoding is not imitated.
 */
export function writeTemplate(template: Template): string {
  const plain =
    template.type === "FACE"
      ? { ...template, descriptor: Array.from(template.descriptor, (value) => Number(value.toFixed(6))) }
      : template;
  return Buffer.from(JSON.stringify(plain)).toString("base64");
}

/** Reads what `writeTemplate` wrote, or null for anything else. */
export function readTemplate(base64: string): Template | null {
  let plain: unknown;
  try {
    plain = JSON.parse(Buffer.from(base64, "base64").toString("utf8"));
  } catch {
    return null;
  }
  const parsed = sealed.safeParse(plain);
  if (!parsed.success) return null;
  return parsed.data.type === "FACE"
    ? { ...parsed.data, descriptor: Float32Array.from(parsed.data.descriptor) }
    : parsed.data;
}

/** Score 0..100 of two templates, growing with likeness. Templates of different kinds score 0. */
export function scoreTemplates(a: Template, b: Template, settings: SandboxSettings): number {
  if (a.type === "FACE" && b.type === "FACE") {
    return scoreOfFaces(a.descriptor, b.descriptor, settings.faceDistanceAtScore50);
  }
  if (a.type === "FINGER" && b.type === "FINGER") {
    return compareFingers(a.minutiae, b.minutiae, settings.fingerShareAtScore50);
  }
  return 0;
}
