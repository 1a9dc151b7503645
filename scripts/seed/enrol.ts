import type { DatabaseClient } from "#db/client.ts";
import type { Capture } from "#lib/captures/types.ts";
import { enrolPerson } from "#lib/enrolments/enrol-person.ts";
import { recapturePerson } from "#lib/enrolments/recapture-person.ts";
import type { EnrolmentDesk } from "#lib/enrolments/types.ts";
import { newIdAt } from "#lib/ids.ts";
import type { ApiResult, CallFacts, EnrolledPerson } from "#lib/multibiometrics/types.ts";
import type { Policy } from "#lib/policies/schema.ts";
import { bucketOf } from "#lib/unleash/bucket.ts";
import { loginKeyOf } from "#lib/unleash/login-key.ts";
import type { Standing } from "./course.ts";
import type { SeedPerson } from "./people.ts";

export type EnrolmentSetting = {
  database: DatabaseClient;
  policy: Policy;
  loginKeySecret: string;
  applicationIds: ReadonlyMap<string, string>;
};

/** In place of a picture, which nothing here looks at and nobody keeps. */
const NO_PICTURE = "";
const SECOND_ATTEMPT_AFTER_MS = 95_000;

/** Enrols a made-up person by the product's own verbs, with the API's answers and the clock of the day made up. */
export async function enrolSeedPerson(setting: EnrolmentSetting, person: SeedPerson): Promise<Standing> {
  const key = loginKeyOf(setting.loginKeySecret, person.customId);
  const standing = { bucket: bucketOf(key), failuresInARow: 0, pausedUntil: null };
  const { enrolsAt, recapturesAt, enrolment } = person;
  if (enrolment === "never") return { ...standing, personId: null, status: null };
  const answer = enrolment === "plain" ? enrolled(person, enrolsAt) : unanswered(person);
  let result = await enrol(setting, person, enrolsAt, answer);
  if (enrolment === "echo") {
    const again = new Date(enrolsAt.getTime() + SECOND_ATTEMPT_AFTER_MS);
    result = await enrol(setting, person, again, alreadyThere(person));
  }
  const personId = await findPersonId(setting.database, person.customId);
  if (!result.ok) return { ...standing, personId, status: "pending" };
  if (recapturesAt !== null) await recapture(setting, person, recapturesAt);
  return { ...standing, personId, status: "enrolled" };
}

function enrol(setting: EnrolmentSetting, person: SeedPerson, at: Date, answer: ApiResult<EnrolledPerson>) {
  return enrolPerson(deskOf(setting, at, answer), {
    ...requestOf(setting, person),
    legalBasis: person.legalBasis,
  });
}

function recapture(setting: EnrolmentSetting, person: SeedPerson, at: Date) {
  return recapturePerson(deskOf(setting, at, enrolled(person, at)), requestOf(setting, person));
}

function requestOf(
  { applicationIds }: EnrolmentSetting,
  { customId, face, fingers, application }: SeedPerson,
) {
  const capture: Capture = { fingerNumbers: fingers, ...(face ? { face: NO_PICTURE } : {}) };
  const applicationId = applicationIds.get(application.name) ?? "";
  return { customId, capture: { ok: true, capture }, actor: { source: "gateway", applicationId } } as const;
}

/** Intended at `at`, settled when the answer was there. */
function deskOf(setting: EnrolmentSetting, at: Date, answer: ApiResult<EnrolledPerson>): EnrolmentDesk {
  const { database, policy, loginKeySecret } = setting;
  const moments = [at, new Date(at.getTime() + answer.call.latencyMs)];
  const call: CallFacts = {
    operation: "check_icao",
    status: 200,
    latencyMs: 180,
    tries: 1,
    message: null,
    answerSha256: null,
  };
  const report = { faceImageConformed: 0, allConformed: true, requirements: {} };
  return {
    inDatabase: (work) => work(database.db),
    api: {
      // Of no API, and so of nothing that was observed of one.
      origin: "",
      enroll: async () => answer,
      update: async () => answer,
      checkIcao: async () => ({ ok: true, value: report, call }),
      checkLiveness: async () => ({ ok: true, value: { result: "ok", live: true }, call }),
      detectFaces: async () => ({ ok: true, value: { count: 1 }, call }),
    },
    policy,
    loginKeyOf: (customId) => loginKeyOf(loginKeySecret, customId),
    // Nobody is enrolled at the API by this, so nothing is there that a restored database could lack.
    erasureLedger: { refOf: () => "", appendEnrolment: async () => undefined },
    clock: () => moments.shift() ?? at,
  };
}

const callOf = ({ dice }: SeedPerson): CallFacts => {
  const latencyMs = Math.round(900 * Math.exp(0.35 * dice.normal()));
  return { operation: "enroll", status: 200, latencyMs, tries: 1, message: null, answerSha256: null };
};

function enrolled(person: SeedPerson, at: Date): ApiResult<EnrolledPerson> {
  return { ok: true, value: { customId: person.customId, bioPassId: newIdAt(at) }, call: callOf(person) };
}

function unanswered(person: SeedPerson): ApiResult<EnrolledPerson> {
  const call = { ...callOf(person), status: null, latencyMs: 10_000 };
  return { ok: false, code: "timed_out", call, outcomeUnknown: true };
}

function alreadyThere(person: SeedPerson): ApiResult<EnrolledPerson> {
  const call = { ...callOf(person), status: 400, message: "CustomID already exists" };
  return { ok: false, code: "custom_id_exists", call, outcomeUnknown: false };
}

async function findPersonId({ sql }: DatabaseClient, customId: string): Promise<string | null> {
  const [row] = await sql<{ id: string }[]>`select id from people where custom_id = ${customId}`;
  return row?.id ?? null;
}
