import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { logins, verifications } from "#db/schema/logins.ts";
import { enrolments, people } from "#db/schema/people.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { openDetails } from "#lib/audit/seal-details.ts";
import { AUDIT_KEY } from "#lib/audit/testing/audit-key.ts";
import { newId } from "#lib/ids.ts";
import type { ApiFailureCode, ApiResult, EnrolledPerson } from "#lib/multibiometrics/types.ts";
import { recaptureNow } from "./recapture-now.ts";
import type { RecaptureDesk } from "./types.ts";

const now = new Date("2026-03-13T12:00:00Z");
const customId = `sample-${newId()}`;
const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...new Uint8Array(400).fill(7)]);
const call = {
  operation: "update",
  status: 200,
  latencyMs: 12,
  tries: 1,
  message: null,
  answerSha256: null,
} as const;
const updated: ApiResult<EnrolledPerson> = { ok: true, value: { customId, bioPassId: "bio-2" }, call };
const failed = (code: ApiFailureCode, outcomeUnknown = false): ApiResult<EnrolledPerson> => {
  return { ok: false, code, call: { ...call, status: null }, outcomeUnknown };
};
const notAsked = () => {
  throw new Error("this call was not expected");
};

function apiAnswering(answer: ApiResult<EnrolledPerson>) {
  const asked: unknown[][] = [];
  const update = (...sent: unknown[]) => {
    asked.push(sent);
    return Promise.resolve(answer);
  };
  const api: RecaptureDesk["api"] = {
    origin: "https://api.example",
    update,
    enroll: notAsked,
    checkIcao: notAsked,
    checkLiveness: notAsked,
    detectFaces: notAsked,
  };
  return { api, asked };
}

type Person = Partial<typeof people.$inferInsert>;

const withPerson = (change: Person, check: (tx: DatabaseOrTransaction, personId: string) => Promise<void>) =>
  inRolledBackTransaction(async (tx) => {
    const personId = newId();
    await tx.insert(people).values({
      id: personId,
      customId,
      customIdFolded: customId,
      status: "enrolled",
      faceEnrolled: true,
      fingersEnrolled: [7],
      legalBasis: "lgpd_11_i_consent",
      bucket: 0,
      failuresInARow: 2,
      createdAt: now,
      ...change,
    });
    await check(tx, personId);
  });

const staff = () => ({ id: newId(), role: "administrator" }) as const;
const recapture = (
  db: DatabaseOrTransaction,
  api: RecaptureDesk["api"],
  personId: string,
  { member = staff(), pictures = { face: png, fingers: { 2: png } } } = {},
) =>
  recaptureNow({ db, api, clock: () => now, auditKey: AUDIT_KEY }, member, {
    personId,
    pictures,
    reason: "not_recognised",
  });
const personOf = async (tx: DatabaseOrTransaction, id: string) =>
  (await tx.select().from(people).where(eq(people.id, id)))[0];
async function auditOf(tx: DatabaseOrTransaction, memberId: string) {
  const entries = await tx
    .select()
    .from(auditEntries)
    .where(and(eq(auditEntries.actorId, memberId), eq(auditEntries.action, "person.recapture")));
  const opened = entries.map(async (entry) => {
    return { ...entry, sealed: await openDetails(tx, entry.id, AUDIT_KEY) };
  });
  return Promise.all(opened);
}

test("what was captured takes the place of what was enrolled, the rest stays, and it is audited with its reason", () =>
  withPerson({ bioPassId: null }, async (tx, personId) => {
    const { api, asked } = apiAnswering(updated);
    const member = staff();
    const done = await recapture(tx, api, personId, { member });
    expect(done).toEqual({
      ok: true,
      result: { code: "succeeded", reason: null, face: true, fingers: [2], at: now },
    });
    expect(asked[0]?.[0]).toBe(customId);
    expect(await personOf(tx, personId)).toMatchObject({
      status: "enrolled",
      faceEnrolled: true,
      fingersEnrolled: [2, 7],
      bioPassId: "bio-2",
      confirmedAt: now,
    });
    const [attempt] = await tx.select().from(enrolments).where(eq(enrolments.personId, personId));
    expect(attempt).toMatchObject({ kind: "recapture", state: "succeeded", source: "console" });
    expect(await auditOf(tx, member.id)).toMatchObject([
      {
        entityId: personId,
        details: { reason: "not_recognised" },
        sealed: { state: "open", details: { enrolmentId: attempt?.id, state: "succeeded" } },
      },
    ]);
  }));

test("a recapture is no login and no try, and brings no pause nearer", () =>
  withPerson({}, async (tx, personId) => {
    await recapture(tx, apiAnswering(updated).api, personId);
    expect(await tx.select().from(logins).where(eq(logins.personId, personId))).toEqual([]);
    expect(await tx.select().from(verifications).where(eq(verifications.personId, personId))).toEqual([]);
    expect((await personOf(tx, personId))?.failuresInARow).toBe(2);
  }));

test("a lost answer is told as unknown and recorded as unknown, and what is known stays", () =>
  withPerson({}, async (tx, personId) => {
    const member = staff();
    const { api } = apiAnswering(failed("timed_out", true));
    const done = await recapture(tx, api, personId, { member });
    expect(done).toMatchObject({ ok: true, result: { code: "outcome_unknown", reason: "timed_out" } });
    expect((await personOf(tx, personId))?.fingersEnrolled).toEqual([7]);
    expect(await auditOf(tx, member.id)).toMatchObject([{ sealed: { details: { state: "unknown" } } }]);
    expect((await recapture(tx, apiAnswering(updated).api, personId)).ok).toBe(true);
  }));

test("somebody the API does not know any more may enrol again", () =>
  withPerson({}, async (tx, personId) => {
    const done = await recapture(tx, apiAnswering(failed("person_not_found")).api, personId);
    expect(done).toMatchObject({ ok: true, result: { code: "person_unknown_at_api" } });
    expect(await personOf(tx, personId)).toMatchObject({ status: "pending", faceEnrolled: false });
  }));

test.each([
  ["blocked", "person_blocked"],
  ["pending", "not_enrolled"],
] as const)("of somebody who is %s nothing is sent, and the refusal is audited", (status, code) =>
  withPerson({ status }, async (tx, personId) => {
    const { api, asked } = apiAnswering(updated);
    const member = staff();
    const done = await recapture(tx, api, personId, { member });
    expect(done).toMatchObject({ ok: true, result: { code } });
    expect(asked).toEqual([]);
    expect(await auditOf(tx, member.id)).toMatchObject([
      { entityId: personId, sealed: { details: { enrolmentId: null, state: code } } },
    ]);
  }),
);

test("a file that is no picture is refused without asking the API", () =>
  withPerson({}, async (tx, personId) => {
    const { api, asked } = apiAnswering(updated);
    const pictures = { face: new TextEncoder().encode("this is a text, not a picture"), fingers: {} };
    const done = await recapture(tx, api, personId, { pictures: pictures as never });
    expect(done).toMatchObject({ ok: true, result: { code: "capture_refused", reason: "image_invalid" } });
    expect(asked).toEqual([]);
  }));

test("an unknown person is not found, and nothing is asked or recorded", () =>
  withPerson({}, async (tx) => {
    const { api, asked } = apiAnswering(updated);
    expect(await recapture(tx, api, newId())).toEqual({ ok: false, code: "not_found" });
    expect(asked).toEqual([]);
  }));

test("nothing of the pictures is left in any row", () =>
  withPerson({}, async (tx, personId) => {
    const member = staff();
    await recapture(tx, apiAnswering(updated).api, personId, { member });
    const rows = [
      await tx.select().from(enrolments).where(eq(enrolments.personId, personId)),
      await auditOf(tx, member.id),
    ];
    expect(JSON.stringify(rows)).not.toContain(Buffer.from(png).toString("base64").slice(0, 40));
    expect(JSON.stringify(rows)).not.toContain(customId);
  }));

test("without its audit entry nothing is settled: the intent stands, and what is known stays", () =>
  withPerson({}, async (tx, personId) => {
    const member = { id: newId(), role: undefined as never };
    await expect(
      tx.transaction((inner) => recapture(inner, apiAnswering(updated).api, personId, { member })),
    ).rejects.toThrow();
    expect((await personOf(tx, personId))?.fingersEnrolled).toEqual([7]);
  }));
