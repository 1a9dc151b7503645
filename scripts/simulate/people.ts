import type { Sql } from "postgres";
import sharp from "sharp";
import type { Multibiometrics } from "#lib/multibiometrics/types.ts";
import type { GatewayAccess } from "#lib/sample/call-gateway.ts";
import { enrolMember } from "#lib/sample/enrol-member.ts";
import { type SampleFaceId, sampleFace } from "#lib/sample/sample-faces.ts";
import { CannotSeed } from "../seed/arguments.ts";
import type { Progress } from "../seed/progress.ts";

/** Every simulated CustomID begins with it. */
const CUSTOM_ID_PREFIX = "sim-";

/** Somebody made up, with the pictures that the API really compares; many names share a few photographs. */
export type SimulatedPerson = {
  customId: string;
  isEarlyAdopter: boolean;
  enrolled: string;
  /** The same face as a second camera would see it, and somebody else's. */
  own: string;
  stranger: string;
};

type Faces = Record<SampleFaceId, string>;

/** Small pictures are quickly read, and still several times higher than the least face the API takes. */
const WIDTH = 240;
/** One of so many is let in from the first stage on. */
const EARLY_ADOPTERS_ONE_IN = 10;
const AT_ONCE = 12;
const ONCE_MORE = 5;

async function readFaces(): Promise<Faces> {
  const small = async (id: SampleFaceId) =>
    (
      await sharp(await sampleFace(id))
        .resize({ width: WIDTH })
        .jpeg()
        .toBuffer()
    ).toString("base64");
  return { "a-first": await small("a-first"), "a-second": await small("a-second"), b: await small("b") };
}

/** So many people, by number; the same every time. */
export async function makePeople(count: number): Promise<SimulatedPerson[]> {
  const { "a-first": first, "a-second": second, b: other } = await readFaces();
  return Array.from({ length: count }, (_, place) => ({
    customId: `${CUSTOM_ID_PREFIX}${String(place + 1).padStart(6, "0")}`,
    isEarlyAdopter: place % EARLY_ADOPTERS_ONE_IN === 0,
    ...(place % 2 === 0
      ? { enrolled: first, own: second, stranger: other }
      : { enrolled: other, own: other, stranger: first }),
  }));
}

type Enrolling = {
  access: GatewayAccess;
  api: Pick<Multibiometrics, "delete">;
  sql: Sql;
  signal: AbortSignal;
};

/**
 * Enrols through the gateway who is not enrolled yet, and answers how many those were.
 * @throws CannotSeed for the first who could not be.
 */
export async function enrolPeople(
  setting: Enrolling,
  people: readonly SimulatedPerson[],
  progress: Progress,
): Promise<number> {
  const known = await listEnrolled(setting.sql);
  const missing = people.filter(({ customId }) => !known.has(customId));
  let done = 0;
  const rest = missing.values();
  const enrolSome = async () => {
    for (const person of rest) {
      if (setting.signal.aborted) return;
      await enrol(setting, person);
      done += 1;
      progress("Enrolled", done / missing.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, enrolSome));
  return done;
}

async function listEnrolled(sql: Sql): Promise<Set<string>> {
  const rows = await sql<{ customId: string }[]>`
    select custom_id as "customId" from people
    where status = 'enrolled' and custom_id like ${`${CUSTOM_ID_PREFIX}%`}`;
  return new Set(rows.map(({ customId }) => customId));
}

async function enrol({ access, api }: Enrolling, { customId, enrolled: face }: SimulatedPerson) {
  let refused: string | null = null;
  for (let tries = 0; tries < ONCE_MORE; tries += 1) {
    const answer = await enrolMember(access, { customId, consent: true, replace: false, face });
    if (answer.ok) return;
    refused = answer.exchange?.problemCode ?? "no answer";
    // The sample data was removed since; the sandbox alone still holds the name.
    if (refused === "custom_id_taken_at_api") await api.delete(customId);
    // The gateway hears of a new key within moments.
    else await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new CannotSeed(
    `The gateway did not enrol ${customId} (${refused}). Look at its log, then try again.`,
  );
}
