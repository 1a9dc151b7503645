import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { observedFacts } from "#db/schema/integration.ts";
import { enrolments, people } from "#db/schema/people.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { AUDIT_KEY } from "#lib/audit/testing/audit-key.ts";
import type { CaptureReading } from "#lib/captures/types.ts";
import { newId } from "#lib/ids.ts";
import { noteErased } from "#lib/ledger/note-erased.ts";
import type { LaterEnrolment } from "#lib/ledger/types.ts";
import type { ApiFailureCode, ApiResult, EnrolledPerson, FingerNumber } from "#lib/multibiometrics/types.ts";
import { DEFAULT_POLICY_VALUES } from "#lib/policies/schema.ts";
import { enrolPerson } from "./enrol-person.ts";
import { intendEnrolment } from "./intend-enrolment.ts";
import { findEnrolledAt } from "./queries.ts";
import { recapturePerson } from "./recapture-person.ts";
import type { EnrolmentActor, EnrolmentDesk } from "./types.ts";

const start = new Date("2026-03-13T12:00:00Z");
const customId = "Sample Person 1";
const ORIGIN = "https://api.example";
const gateway: EnrolmentActor = { source: "gateway", applicationId: newId() };
const call = {
  operation: "enroll",
  status: 200,
  latencyMs: 5,
  tries: 1,
  message: null,
  answerSha256: null,
} as const;
const enrolled: ApiResult<EnrolledPerson> = { ok: true, value: { customId, bioPassId: "bio-1" }, call };
const failed = (code: ApiFailureCode, outcomeUnknown = false): ApiResult<EnrolledPerson> => {
  return { ok: false, code, call, outcomeUnknown };
};
const fingers = (...numbers: FingerNumber[]): CaptureReading => {
  return { ok: true, capture: { fingers: {}, fingerNumbers: numbers } };
};

type Setting = { answer: ApiResult<EnrolledPerson>; at: Date; isLedgerFull: boolean };

/** One installation in which the API answers what it is told to and time stands still until moved. */
function installation(tx: DatabaseOrTransaction) {
  const setting: Setting = { answer: enrolled, at: start, isLedgerFull: false };
  const ledgerLines: LaterEnrolment[] = [];
  const notAsked = () => Promise.reject(new Error("Not asked here"));
  const desk: EnrolmentDesk = {
    inDatabase: (work) => work(tx),
    api: {
      origin: ORIGIN,
      enroll: async () => setting.answer,
      update: async () => setting.answer,
      checkIcao: notAsked,
      checkLiveness: notAsked,
      detectFaces: notAsked,
    },
    policy: { version: 1, values: DEFAULT_POLICY_VALUES },
    loginKeyOf: () => "key",
    erasureLedger: {
      refOf: (one) => `ref of ${one}`,
      appendEnrolment: async (line) => {
        if (setting.isLedgerFull) throw new Error("ENOSPC");
        ledgerLines.push(line);
      },
    },
    clock: () => setting.at,
  };
  const person = async () => (await tx.select().from(people).where(eq(people.customId, customId)))[0];
  const states = async () =>
    (await tx.select().from(enrolments).orderBy(enrolments.intendedAt)).map((row) => row.state);
  const enrol = (capture = fingers(2, 7)) =>
    enrolPerson(desk, { customId, legalBasis: "lgpd_11_i_consent", capture, actor: gateway });
  const recapture = (capture = fingers(1), actor = gateway) =>
    recapturePerson(desk, { customId, capture, actor });
  const pass = (ms: number) => {
    setting.at = new Date(setting.at.getTime() + ms);
  };
  return { setting, person, states, enrol, recapture, pass, ledgerLines };
}

const inInstallation = (
  run: (made: ReturnType<typeof installation>, tx: DatabaseOrTransaction) => Promise<void>,
) =>
  inRolledBackTransaction(async (tx) => {
    await tx.delete(enrolments);
    await run(installation(tx), tx);
  });

test("an enrolment keeps the CustomID as given, what was enrolled and the BioPassID", () =>
  inInstallation(async ({ enrol, person, states }) => {
    expect(await enrol()).toMatchObject({ ok: true, feedbackCode: "enrollment_completed" });
    expect(await person()).toMatchObject({
      customId,
      customIdFolded: "sampleperson1",
      bioPassId: "bio-1",
      status: "enrolled",
      faceEnrolled: false,
      fingersEnrolled: [2, 7],
      enrolledAt: start,
    });
    expect(await states()).toEqual(["succeeded"]);
  }));

test.each<ApiFailureCode>(["capture_unusable", "unauthorized", "custom_id_exists"])(
  "a first enrolment that ends with %s leaves no person, but its record",
  (code) =>
    inInstallation(async ({ setting, enrol, person, states }) => {
      setting.answer = failed(code);
      expect((await enrol()).ok).toBe(false);
      expect(await person()).toBeUndefined();
      expect(await states()).toHaveLength(1);
    }),
);

test("an unknown enrolment stays pending through later failures, until the API says that it exists", () =>
  inInstallation(async ({ setting, enrol, person, states, pass }) => {
    setting.answer = failed("timed_out", true);
    expect(await enrol()).toMatchObject({ ok: false, code: "outcome_unknown" });
    pass(1);
    setting.answer = failed("unauthorized");
    expect(await enrol()).toMatchObject({ ok: false, code: "api_unavailable" });
    expect((await person())?.status).toBe("pending");
    pass(1);
    setting.answer = failed("custom_id_exists");
    expect((await enrol()).ok).toBe(true);
    expect(await person()).toMatchObject({ status: "enrolled", bioPassId: null });
    expect(await states()).toEqual(["unknown", "failed", "succeeded"]);
  }));

test("what the API turns out to hold is what the lost attempt sent, not what came later", () =>
  inInstallation(async ({ setting, enrol, person, pass }) => {
    setting.answer = failed("timed_out", true);
    await enrol(fingers(1, 6));
    pass(1);
    setting.answer = failed("custom_id_exists");
    expect((await enrol(fingers(2))).ok).toBe(true);
    expect(await person()).toMatchObject({ status: "enrolled", fingersEnrolled: [1, 6] });
  }));

test("an attempt under way holds back a second one for a minute, then counts as cut off", () =>
  inInstallation(async ({ setting, enrol, states, pass }, tx) => {
    setting.answer = failed("timed_out", true);
    await enrol();
    await tx.update(enrolments).set({ state: "intended", settledAt: null });
    pass(59_999);
    expect(await enrol()).toMatchObject({ ok: false, code: "enrollment_running" });
    pass(1);
    setting.answer = failed("custom_id_exists");
    expect((await enrol()).ok).toBe(true);
    expect(await states()).toEqual(["intended", "succeeded"]);
  }));

test("nobody is enrolled twice, and nobody who is blocked", () =>
  inInstallation(async ({ enrol, recapture }, tx) => {
    await enrol();
    expect(await enrol()).toMatchObject({ ok: false, code: "already_enrolled" });
    await tx.update(people).set({ status: "blocked" }).where(eq(people.customId, customId));
    expect(await enrol()).toMatchObject({ ok: false, code: "person_blocked" });
    expect(await recapture()).toMatchObject({ ok: false, code: "person_blocked" });
  }));

test("nobody is called blocked whose earlier attempt takes its row away at the same time", () =>
  inInstallation(async (_, tx) => {
    // The row stood there when it was inserted and is gone when it is looked for.
    const noInsert = { values: () => ({ onConflictDoNothing: async () => undefined }) };
    const racing = new Proxy(tx, {
      get: (target, name) => {
        if (name === "transaction") return (work: (inner: typeof tx) => unknown) => work(racing);
        return name === "insert" ? () => noInsert : Reflect.get(target, name);
      },
    });
    const request = { customId, legalBasis: "lgpd_11_i_consent", actor: gateway } as const;
    const capture = { fingers: {}, fingerNumbers: [] };
    const keyed = { loginKey: "key", ledgerRef: "ref", apiOrigin: ORIGIN };
    expect(await intendEnrolment(racing, { ...request, ...keyed, capture }, start)).toMatchObject({
      ok: false,
      code: "enrollment_running",
    });
  }));

test("who enrols after having been erased stands in the ledger before anybody is told, at a time after the erasure", () =>
  inInstallation(async ({ setting, enrol, person, states, ledgerLines, pass }, tx) => {
    const erasedAt = new Date(start.getTime() + 1_000);
    await noteErased(tx, `ref of ${customId}`, erasedAt);
    setting.isLedgerFull = true;
    await expect(enrol()).rejects.toThrow("ENOSPC");
    expect(await states()).toEqual(["intended"]);
    expect((await person())?.status).toBe("pending");
    // It is sent again, and the API says that it exists.
    pass(60_000);
    setting.isLedgerFull = false;
    setting.answer = failed("custom_id_exists");
    expect((await enrol()).ok).toBe(true);
    expect(ledgerLines).toEqual([{ customId, at: setting.at }]);
    expect((await person())?.status).toBe("enrolled");
  }));

test("where a clock is behind, the enrolment still lies after the erasure", () =>
  inInstallation(async ({ enrol, ledgerLines }, tx) => {
    const erasedAt = new Date(start.getTime() + 60_000);
    await noteErased(tx, `ref of ${customId}`, erasedAt);
    expect((await enrol()).ok).toBe(true);
    expect(ledgerLines).toEqual([{ customId, at: new Date(erasedAt.getTime() + 1) }]);
  }));

test("the ledger hears nothing of who was never erased, and nothing of an enrolment that did not happen", () =>
  inInstallation(async ({ setting, enrol, ledgerLines, pass }, tx) => {
    await noteErased(tx, "ref of somebody else", start);
    expect((await enrol()).ok).toBe(true);
    await tx.delete(people).where(eq(people.customId, customId));
    await noteErased(tx, `ref of ${customId}`, start);
    for (const code of ["capture_unusable", "timed_out"] as const) {
      pass(60_000);
      setting.answer = failed(code, code === "timed_out");
      expect((await enrol()).ok).toBe(false);
    }
    expect(ledgerLines).toEqual([]);
  }));

test("a recapture adds what was sent and keeps the rest; one that fails changes nothing", () =>
  inInstallation(async ({ setting, enrol, recapture, person, pass }) => {
    expect(await recapture()).toMatchObject({ ok: false, code: "not_enrolled" });
    await enrol();
    pass(5);
    expect(await recapture(fingers(1, 7))).toMatchObject({ ok: true, feedbackCode: "recapture_completed" });
    expect(await person()).toMatchObject({ fingersEnrolled: [1, 2, 7], enrolledAt: start });
    pass(5);
    setting.answer = failed("capture_unusable");
    expect((await recapture(fingers(3))).ok).toBe(false);
    expect(await person()).toMatchObject({ status: "enrolled", fingersEnrolled: [1, 2, 7] });
  }));

/** What a run of the checks saw of the API. */
const observe = (tx: DatabaseOrTransaction, fact: "update" | "enrol_again", value: string) =>
  tx.insert(observedFacts).values({ origin: ORIGIN, fact, value, runId: newId(), observedAt: start });

test("at an API that was seen to replace everything, a recapture leaves known what it sent alone", () =>
  inInstallation(async ({ enrol, recapture, person, pass }, tx) => {
    await observe(tx, "update", "replaces");
    await enrol();
    pass(5);
    expect((await recapture(fingers(1))).ok).toBe(true);
    expect(await person()).toMatchObject({ faceEnrolled: false, fingersEnrolled: [1] });
    const then = await findEnrolledAt(tx, (await person())?.id ?? "", new Date(start.getTime() + 5));
    expect(then?.fingers).toEqual([1]);
  }));

test.each([false, true])(
  "where an API lets nobody enrol anew whom it deleted, who was erased hears that, and is not held for enrolled (lost answer before: %s)",
  (hasLost) =>
    inInstallation(async ({ setting, enrol, person, pass }, tx) => {
      await observe(tx, "enrol_again", "refused");
      await noteErased(tx, `ref of ${customId}`, start);
      if (hasLost) {
        setting.answer = failed("timed_out", true);
        await enrol();
        pass(1);
      }
      setting.answer = failed("custom_id_exists");
      expect(await enrol()).toMatchObject({
        ok: false,
        code: "custom_id_spent",
        feedbackCode: "use_password",
      });
      expect(await person()).toBeUndefined();
    }),
);

test("a person the API does not know any more may enrol again", () =>
  inInstallation(async ({ setting, enrol, recapture, person, pass }) => {
    await enrol();
    pass(5);
    setting.answer = failed("person_not_found");
    expect(await recapture()).toMatchObject({ ok: false, code: "person_unknown_at_api" });
    expect(await person()).toMatchObject({ status: "pending", fingersEnrolled: [] });
    pass(5);
    setting.answer = enrolled;
    expect((await enrol()).ok).toBe(true);
  }));

test("a member's recapture is audited, an application's is in the record of enrolments", () =>
  inInstallation(async ({ enrol, recapture, person, pass }, tx) => {
    await enrol();
    pass(5);
    await recapture();
    pass(5);
    const member = { id: newId(), role: "administrator" } as const;
    await recapture(fingers(3), { source: "console", member, reason: "poor_picture", auditKey: AUDIT_KEY });
    const id = (await person())?.id ?? "";
    const wanted = and(eq(auditEntries.action, "person.recapture"), eq(auditEntries.entityId, id));
    const entries = await tx.select().from(auditEntries).where(wanted);
    expect(entries).toMatchObject([{ actorId: member.id, details: { reason: "poor_picture" } }]);
  }));

test("a picture that cannot be read writes nothing at all", () =>
  inInstallation(async ({ enrol, person, states }) => {
    const unreadable = { ok: false, problem: "image_invalid", modality: "face", fingers: [] } as const;
    expect(await enrol({ ...unreadable, fingers: [] })).toMatchObject({ code: "capture_refused" });
    expect(await person()).toBeUndefined();
    expect(await states()).toEqual([]);
  }));
