import { decodeBase64 } from "../images/decode-picture.ts";
import { messages, Refusal } from "../refusal.ts";
import { readExtract, readMatch } from "../requests.ts";
import {
  readTemplate,
  scoreTemplates,
  type Template,
  type TemplateFormat,
  type TemplateType,
  writeTemplate,
} from "../templates.ts";
import type { Endpoint } from "./endpoint.ts";

export const extract: Endpoint = {
  name: "extract",
  method: "POST",
  url: "/multibiometrics/extract",
  async run(body, { biometrics }) {
    const { Type, Format, Artifact } = readExtract(body);
    const picture = await biometrics.decode(Artifact, Type);
    const template = await biometrics.extract(picture, Type, Format);
    return { status: 200, body: { Extract: { Template: writeTemplate(template) } } };
  },
};

export const match: Endpoint = {
  name: "match",
  method: "POST",
  url: "/multibiometrics/match",
  async run(body, { settings }) {
    const { Type, Format, Artifact_A, Artifact_B } = readMatch(body);
    const a = readArtifact(Artifact_A, Type, Format);
    const b = readArtifact(Artifact_B, Type, Format);
    const Score = scoreTemplates(a, b, settings);
    return { status: 200, body: { Match: { IsGenuine: Score >= settings.scoreThreshold, Score } } };
  },
};

/** Reads a template of the kind announced. A picture, or a template of another kind, is none. */
function readArtifact(artifact: string, type: TemplateType, format: TemplateFormat): Template {
  if (decodeBase64(artifact) === null) throw new Refusal(messages.invalidBase64);
  const template = readTemplate(artifact);
  if (template === null || template.type !== type || template.format !== format) {
    throw new Refusal(messages.extractionFailed);
  }
  return template;
}
