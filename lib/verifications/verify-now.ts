import type { DatabaseOrTransaction } from "#db/client.ts";
import type { Actor } from "#lib/audit/types.ts";
import { recordRefusal } from "#lib/auth/record-refusal.ts";
import { captureOf } from "#lib/captures/rules.ts";
import type { PictureBytes } from "#lib/captures/types.ts";
import { newIdAt, timeOfId } from "#lib/ids.ts";
import { findPictureLimit } from "#lib/integration-checks/queries.ts";
import { verificationOf, verifyPerson } from "#lib/logins/verify-person.ts";
import type { Multibiometrics } from "#lib/multibiometrics/types.ts";
import { findPerson } from "#lib/people/queries.ts";
import { actLockOf } from "#lib/people/rules.ts";
import { findCurrentPolicy } from "#lib/policies/queries.ts";
import { DEFAULT_POLICY_VALUES } from "#lib/policies/schema.ts";
import { findIntent } from "#lib/rollout/queries.ts";
import { recordCheck } from "./record-check.ts";
import type { CheckResult } from "./types.ts";

export type CheckDesk = {
  db: DatabaseOrTransaction;
  api: Pick<Multibiometrics, "origin" | "verify" | "checkIcao" | "checkLiveness" | "detectFaces">;
  /** Names this console among the gateways in the history. */
  console: string;
  auditKey: Uint8Array;
};

export type CheckRequest = { personId: string; pictures: PictureBytes };

/**
 * Compares pictures with a person's enrolment for a member of the staff: the same calls and rules as at a login, but no
 * login, no try and no gate counts it. The pictures go to the API and nowhere else. Audits `person.verify` in the
 * transaction of the record; the result is given only once that is committed. Somebody who is blocked or not enrolled
 * yet is not compared, whatever the page offered: that refusal is audited.
 */
export async function verifyNow(
  { db, api, console, auditKey }: CheckDesk,
  actor: Extract<Actor, { id: string }>,
  { personId, pictures }: CheckRequest,
  now: Date,
): Promise<{ ok: true; result: CheckResult } | { ok: false; code: "not_found" | "conflict" }> {
  const startedMs = performance.now();
  const person = await findPerson(db, personId);
  if (!person) return { ok: false, code: "not_found" };
  const lock = actLockOf(person, true);
  if (lock !== null) {
    const because = lock === "blocked" ? "person_blocked" : "person_pending";
    await recordRefusal(db, { actor, action: "person.verify", permission: "person.verify", because }, now);
    return { ok: false, code: "conflict" };
  }
  const policy = (await findCurrentPolicy(db)) ?? { version: 0, values: DEFAULT_POLICY_VALUES };
  const intent = await findIntent(db);
  const capture = captureOf(pictures, await findPictureLimit(db, api.origin));
  const request = { customId: person.customId, capture, policy, attempt: 1, attemptsAllowed: 1, startedMs };
  const made = await verifyPerson(api, request);
  const id = newIdAt(now);
  const check = verificationOf(
    {
      id,
      openedAt: timeOfId(id),
      loginId: null,
      at: timeOfId(id),
      source: "console",
      actorId: actor.id,
      personId,
      channel: "console",
      deviceClass: "other",
      purpose: "login",
      exposurePercent: intent?.exposurePercent ?? 0,
      gateway: console,
      failuresBefore: person.failuresInARow,
    },
    { policy },
    made,
  );
  const subject = { customId: person.customId, key: auditKey };
  await recordCheck(db, actor, { ...check, personId }, subject);
  const { outcome, reason, apiLatencyMs, apiStatus } = check;
  return { ok: true, result: { verificationId: id, outcome, reason, apiLatencyMs, apiStatus } };
}
