import { MAX_PICTURE_BYTES } from "#lib/captures/types.ts";
import { apiMessages } from "#lib/multibiometrics/schema.ts";
import type { AnswerForm, Fact, Observation } from "./types.ts";

/** How a message came, as a fact: status, form, type of content and the API's own words, parted by "|". */
export type SaidHow = { status: number; form: AnswerForm; contentType: string; message: string };

const said = (status: number, message: string, form: AnswerForm = "text"): string =>
  writeSaid({ status, form, contentType: form === "text" ? "text/plain" : "application/json", message });

/** The same as a text; a final stop says nothing. */
export const writeSaid = ({ status, form, contentType, message }: SaidHow): string =>
  [status, form, contentType, message.replace(/\.$/, "")].join("|");

/** The parts of a fact about a message; null for a fact of another kind. */
export function readSaid(value: string): SaidHow | null {
  const [status = "", form = "", contentType, message] = value.split("|");
  if (contentType === undefined || message === undefined) return null;
  return { status: Number(status), form: form as AnswerForm, contentType, message };
}

/** What Gatehouse assumes where no run has said otherwise: the public guide, and for its gaps what vendor support wrote. */
export const ASSUMED: Readonly<Record<Fact, string>> = {
  invalid_json: said(400, apiMessages.invalidJson),
  custom_id_missing: said(400, apiMessages.customIdMandatory),
  custom_id_exists: said(400, apiMessages.customIdExists),
  person_not_found: said(400, apiMessages.personNotFound),
  invalid_base64: said(400, apiMessages.invalidBase64),
  unusable_face: said(400, apiMessages.extractionFailed),
  several_faces: said(400, apiMessages.faceExtractionFailed),
  unauthorized: said(401, apiMessages.invalidKey, "gateway"),
  unknown_path: said(404, apiMessages.resourceNotFound, "gateway"),
  liveness_refusal: said(200, apiMessages.noFaces, "result"),
  data_uri: "refused",
  tiff_finger: "refused",
  webp_finger: "refused",
  picture_limit: String(MAX_PICTURE_BYTES),
  client_id: "sent",
  success_flag: "absent",
  fingers_listed: "never_sent_too",
  match_rule: "all",
  not_enrolled: "no_match",
  unusable_finger: "refused",
  update: "merges",
  enrol_again: "allowed",
  score_range: "0..100",
};

/** Whether an observed fact is another than the assumed one. */
export function isDifferent({ fact, value }: Observation): boolean {
  if (fact === "picture_limit") return Number(value) < MAX_PICTURE_BYTES;
  if (fact === "score_range") return !value.split("..").every((score) => +score >= 0 && +score <= 100);
  return value !== ASSUMED[fact];
}
