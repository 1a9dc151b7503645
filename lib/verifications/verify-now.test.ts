import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { verifications } from "#db/schema/logins.ts";
import { people } from "#db/schema/people.ts";
import { verificationCells, verificationRollups } from "#db/schema/rollups.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { openDetails } from "#lib/audit/seal-details.ts";
import { AUDIT_KEY } from "#lib/audit/testing/audit-key.ts";
import { newId } from "#lib/ids.ts";
import type { ApiResult, CallFacts, Verdict } from "#lib/multibiometrics/types.ts";
import { findPerson } from "#lib/people/queries.ts";
import { type CheckDesk, verifyNow } from "./verify-now.ts";

const now = new Date();
const customId = `sample-${newId()}`;
const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...new Uint8Array(400).fill(7)]);
const call: CallFacts = {
  operation: "verify",
  status: 200,
  latencyMs: 12,
  tries: 1,
  message: null,
  answerSha256: null,
};
const verdict = (match: boolean): ApiResult<Verdict> => ({
  ok: true,
  value: { match, faceMatched: match, nonMatchedFingers: [], listedFingers: [] },
  call,
});
const failure: ApiResult<Verdict> = {
  ok: false,
  code: "timed_out",
  call: { ...call, status: null },
  outcomeUnknown: false,
};

const notAsked = () => {
  throw new Error("this call was not expected");
};
const apiAnswering = (answer: ApiResult<Verdict>): { api: CheckDesk["api"]; asked: unknown[][] } => {
  const asked: unknown[][] = [];
  const verify = (...sent: unknown[]) => {
    asked.push(sent);
    return Promise.resolve(answer);
  };
  return {
    asked,
    api: {
      origin: "https://api.example",
      verify,
      checkIcao: notAsked,
      checkLiveness: notAsked,
      detectFaces: notAsked,
    },
  };
};

const withPerson = (check: (tx: DatabaseOrTransaction, personId: string) => Promise<void>) =>
  inRolledBackTransaction(async (tx) => {
    const personId = newId();
    await tx.insert(people).values({
      id: personId,
      customId,
      customIdFolded: customId,
      status: "enrolled",
      faceEnrolled: true,
      legalBasis: "lgpd_11_i_consent",
      bucket: 0,
      failuresInARow: 2,
      createdAt: now,
    });
    await check(tx, personId);
  });

const staff = () => ({ id: newId(), role: "administrator" }) as const;
const check = (tx: DatabaseOrTransaction, api: CheckDesk["api"], personId: string, actor = staff()) =>
  verifyNow(
    { db: tx, api, console: "console", auditKey: AUDIT_KEY },
    actor,
    { personId, pictures: { face: png, fingers: {} } },
    now,
  );

test("a check is recorded once, counted once and audited, outside logins", () =>
  withPerson(async (tx, personId) => {
    const { api, asked } = apiAnswering(verdict(true));
    const actor = staff();
    const done = await check(tx, api, personId, actor);
    if (!done.ok) throw new Error(done.code);
    expect(done.result).toMatchObject({ outcome: "matched", reason: "matched", apiStatus: 200 });
    expect(asked[0]?.[0]).toBe(customId);
    const [row] = await tx
      .select()
      .from(verifications)
      .where(eq(verifications.id, done.result.verificationId));
    expect(row).toMatchObject({ source: "console", loginId: null, actorId: actor.id, personId });
    const rollups = await tx
      .select({ tier: verificationRollups.tier, count: verificationRollups.count })
      .from(verificationRollups)
      .innerJoin(verificationCells, eq(verificationCells.id, verificationRollups.cell))
      .where(and(eq(verificationCells.actorId, actor.id), eq(verificationCells.source, "console")))
      .orderBy(verificationRollups.tier);
    expect(rollups).toEqual([0, 1, 2].map((tier) => ({ tier, count: 1 })));
    const [entry] = await tx.select().from(auditEntries).where(eq(auditEntries.actorId, actor.id));
    expect(entry).toMatchObject({
      action: "person.verify",
      entityId: personId,
      details: {},
    });
    expect(await openDetails(tx, entry?.id ?? "", AUDIT_KEY)).toEqual({
      state: "open",
      details: { verificationId: done.result.verificationId, outcome: "matched", reason: "matched" },
    });
  }));

test("a check that does not match brings no pause nearer", () =>
  withPerson(async (tx, personId) => {
    const done = await check(tx, apiAnswering(verdict(false)).api, personId);
    expect(done).toMatchObject({ ok: true, result: { outcome: "not_matched", reason: "different_person" } });
    expect((await findPerson(tx, personId))?.failuresInARow).toBe(2);
  }));

test("trouble at the API is a result of its own and is recorded too", () =>
  withPerson(async (tx, personId) => {
    const done = await check(tx, apiAnswering(failure).api, personId);
    expect(done).toMatchObject({ ok: true, result: { outcome: "api_error", reason: "api_timed_out" } });
  }));

test("a file that is no picture is refused without asking the API", () =>
  withPerson(async (tx, personId) => {
    const { api, asked } = apiAnswering(verdict(true));
    const picture = new TextEncoder().encode("this is a text, not a picture");
    const request = { personId, pictures: { fingers: { 2: picture } } };
    const done = await verifyNow(
      { db: tx, api, console: "console", auditKey: AUDIT_KEY },
      staff(),
      request,
      now,
    );
    expect(done).toMatchObject({ ok: true, result: { outcome: "capture_refused", reason: "image_invalid" } });
    expect(asked).toEqual([]);
  }));

test("nothing of the picture is left in any row", () =>
  withPerson(async (tx, personId) => {
    const actor = staff();
    await check(tx, apiAnswering(verdict(true)).api, personId, actor);
    const rows = await tx.select().from(verifications).where(eq(verifications.actorId, actor.id));
    const entries = await tx.select().from(auditEntries).where(eq(auditEntries.actorId, actor.id));
    expect(JSON.stringify([rows, entries])).not.toContain(Buffer.from(png).toString("base64").slice(0, 40));
    expect(JSON.stringify([rows, entries])).not.toContain(customId);
  }));

test("an unknown person is not found, and nothing is asked or recorded", () =>
  withPerson(async (tx) => {
    const { api, asked } = apiAnswering(verdict(true));
    expect(await check(tx, api, newId())).toEqual({ ok: false, code: "not_found" });
    expect(asked).toEqual([]);
  }));

test("without its audit entry a check is not recorded", () =>
  withPerson(async (tx, personId) => {
    const actor = { id: newId(), role: undefined as never };
    await expect(
      tx.transaction((inner) => check(inner, apiAnswering(verdict(true)).api, personId, actor)),
    ).rejects.toThrow();
    expect(await tx.select().from(verifications).where(eq(verifications.actorId, actor.id))).toEqual([]);
  }));

test.each(["blocked", "pending"] as const)(
  "somebody who is %s is not compared, and that it was tried is audited",
  (status) =>
    withPerson(async (tx, personId) => {
      await tx.update(people).set({ status }).where(eq(people.id, personId));
      const { api, asked } = apiAnswering(verdict(true));
      const actor = staff();
      expect(await check(tx, api, personId, actor)).toEqual({ ok: false, code: "conflict" });
      expect(asked).toEqual([]);
      const [entry] = await tx.select().from(auditEntries).where(eq(auditEntries.actorId, actor.id));
      expect(entry).toMatchObject({ action: "action.refuse", details: { because: `person_${status}` } });
    }),
);
