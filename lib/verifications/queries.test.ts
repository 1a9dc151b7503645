import { expect, test } from "vitest";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { newId } from "#lib/ids.ts";
import { recordStatement } from "#lib/recording/record-statement.ts";
import { sampleLogin, sampleVerification } from "#lib/recording/testing/sample-events.ts";
import { findVerification } from "./queries.ts";

const now = new Date();

test("what a gateway records comes back whole; a record from before the steps were timed says so by nulls", () =>
  inRolledBackTransaction(async (tx) => {
    const login = sampleLogin(now, { bucket: 8 });
    const times = {
      decidedMs: 3,
      qualityMs: 40,
      livenessMs: null,
      verifyMs: 604,
      diagnosisMs: null,
      judgedMs: 655,
    };
    const timed = sampleVerification(login, now, { ...times, failuresBefore: 2, feedbackLocale: "pt-BR" });
    const before = sampleVerification(login, now, { attempt: 2 });
    await tx.execute(recordStatement({ opened: [login], verifications: [timed, before] }));
    expect(await findVerification(tx, timed.id, now)).toMatchObject({
      ...times,
      bucket: 8,
      failuresBefore: 2,
      feedbackLocale: "pt-BR",
    });
    expect(await findVerification(tx, before.id, now)).toMatchObject({
      decidedMs: null,
      judgedMs: null,
      failuresBefore: null,
      feedbackLocale: null,
    });
  }));

test("a verification is found by its id, and a stranger's id finds nothing", () =>
  inRolledBackTransaction(async (tx) => {
    const fields = { fingersSent: [2, 7], fingersListed: [2, 3], apiStatus: 200 } as const;
    const login = sampleLogin(now);
    const made = sampleVerification(login, now, { ...fields, fingersSent: [2, 7], fingersListed: [2, 3] });
    await tx.execute(recordStatement({ opened: [login], verifications: [made] }));
    expect(await findVerification(tx, made.id, now)).toMatchObject({ id: made.id, ...fields });
    expect(await findVerification(tx, newId(), now)).toBeNull();
  }));
