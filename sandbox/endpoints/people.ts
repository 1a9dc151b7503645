import { randomUUID } from "node:crypto";
import type { PersonRecord } from "../person-store.ts";
import { messages, Refusal } from "../refusal.ts";
import { fingerKeys, type PersonRequest, readCustomIdOnly, readPerson } from "../requests.ts";
import type { SandboxSettings } from "../settings.ts";
import { readTemplate, scoreTemplates, type Template, writeTemplate } from "../templates.ts";
import type { Answer, Endpoint, Surroundings } from "./endpoint.ts";

export const enroll: Endpoint = {
  name: "enroll",
  method: "POST",
  url: "/multibiometrics/enroll",
  async run(body, around) {
    const request = readPerson(body, around.settings);
    const { people, settings } = around;
    const taken = people.find(request.customId) !== null;
    const barred = !settings.reenrollAfterDelete && people.wasErased(request.customId);
    if (taken || barred) throw new Refusal(messages.customIdExists);
    const captures = await extractAll(request, around);
    const record = {
      customId: request.customId,
      bioPassId: randomUUID(),
      clientId: randomUUID(),
      ...sealed(captures),
    };
    if (!(await people.add(record))) throw new Refusal(messages.customIdExists);
    return idsOf(record, settings);
  },
};

export const update: Endpoint = {
  name: "update",
  method: "PUT",
  url: "/multibiometrics/update",
  async run(body, around) {
    const request = readPerson(body, around.settings);
    const { people, settings } = around;
    findOrRefuse(request.customId, around);
    const sent = sealed(await extractAll(request, around));
    // Read again: the record may have changed while the pictures were looked at.
    const before = findOrRefuse(request.customId, around);
    const kept = settings.updateReplaces === "sent" ? before : { face: null, fingers: {} };
    const after = {
      ...before,
      face: sent.face ?? kept.face,
      fingers: { ...kept.fingers, ...sent.fingers },
    };
    if (!(await people.replace(after))) throw notFound(settings);
    return idsOf(after, settings);
  },
};

export const erase: Endpoint = {
  name: "delete",
  method: "DELETE",
  url: "/multibiometrics/delete",
  async run(body, { people, settings }) {
    const customId = readCustomIdOnly(body, settings);
    const erased = await people.erase(customId, { remember: !settings.reenrollAfterDelete });
    if (!erased) throw notFound(settings);
    return answer({ Person: { CustomID: customId } }, settings);
  },
};

export const verify: Endpoint = {
  name: "verify",
  method: "POST",
  url: "/multibiometrics/verify",
  async run(body, around) {
    const { settings } = around;
    const request = readPerson(body, settings);
    const record = findOrRefuse(request.customId, around);
    const captures = await extractAll(request, {
      ...around,
      settings: { ...settings, unusableCapture: "refuse_all" },
    });
    const verdicts = new Map<string, boolean>();
    for (const [key, sent] of captures) {
      const enrolled = enrolledTemplate(record, key);
      if (enrolled === null && settings.notEnrolled === "ignored") continue;
      const score = enrolled === null ? 0 : scoreTemplates(enrolled, sent, settings);
      verdicts.set(key, score >= settings.scoreThreshold);
    }
    const results = [...verdicts.values()];
    const match = settings.matchRule === "all" ? results.every(Boolean) : results.some(Boolean);
    const listed = settings.listFingersNotSent ? fingerKeys : fingerKeys.filter((key) => captures.has(key));
    const MatchDetails = {
      FaceMatched: verdicts.get(faceKey) ?? false,
      NonMatchedFingers: listed.filter((key) => verdicts.get(key) !== true),
    };
    const Person = { CustomID: record.customId, Match: results.length > 0 && match, MatchDetails };
    return answer({ Person }, settings);
  },
};

const faceKey = "Face-1";

/** Makes the templates of all captures sent, by their keys. All are decoded before any is looked at. */
async function extractAll(request: PersonRequest, around: Surroundings): Promise<Map<string, Template>> {
  const { biometrics, settings } = around;
  const sent = [...request.fingers].map(([key, image]) => ({ key, image, type: "FINGER" as const }));
  const all =
    request.face === null ? sent : [{ key: faceKey, image: request.face, type: "FACE" as const }, ...sent];
  const pictures = [];
  for (const { key, image, type } of all) {
    pictures.push({ key, type, picture: await biometrics.decode(image, type) });
  }
  const templates = new Map<string, Template>();
  let refusal: Refusal | null = null;
  for (const { key, type, picture } of pictures) {
    try {
      templates.set(key, await biometrics.extract(picture, type, "BIOPASS"));
    } catch (error) {
      if (!(error instanceof Refusal) || settings.unusableCapture === "refuse_all") throw error;
      refusal ??= error;
    }
  }
  if (templates.size === 0 && refusal !== null) throw refusal;
  return templates;
}

function sealed(captures: Map<string, Template>): Pick<PersonRecord, "face" | "fingers"> {
  const fingers: Record<string, string> = {};
  let face: string | null = null;
  for (const [key, template] of captures) {
    if (key === faceKey) face = writeTemplate(template);
    else fingers[key] = writeTemplate(template);
  }
  return { face, fingers };
}

function enrolledTemplate(record: PersonRecord, key: string): Template | null {
  const stored = key === faceKey ? record.face : record.fingers[key];
  return stored === null || stored === undefined ? null : readTemplate(stored);
}

function findOrRefuse(customId: string, { people, settings }: Surroundings): PersonRecord {
  const record = people.find(customId);
  if (record === null) throw notFound(settings);
  return record;
}

function notFound(settings: SandboxSettings): Refusal {
  return new Refusal(messages.personNotFound, settings.personNotFoundStatus);
}

function idsOf(record: PersonRecord, settings: SandboxSettings): Answer {
  const clientId = settings.sendClientId ? { ClientID: record.clientId } : {};
  return answer(
    { Person: { ...clientId, CustomID: record.customId, BioPassID: record.bioPassId } },
    settings,
  );
}

function answer(body: object, settings: SandboxSettings): Answer {
  return { status: 200, body: settings.sendSuccess ? { Success: true, ...body } : body };
}
