import type { DatabaseOrTransaction } from "#db/client.ts";
import type { Actor } from "#lib/audit/types.ts";
import { captureOf } from "#lib/captures/rules.ts";
import type { PictureBytes } from "#lib/captures/types.ts";
import type { Clock } from "#lib/clock.ts";
import { findPictureLimit } from "#lib/integration-checks/queries.ts";
import { findPerson } from "#lib/people/queries.ts";
import { findCurrentPolicy } from "#lib/policies/queries.ts";
import { DEFAULT_POLICY_VALUES } from "#lib/policies/schema.ts";
import { recapturePerson } from "./recapture-person.ts";
import type { RecaptureReason } from "./schema.ts";
import type { RecaptureDesk, RecaptureResult } from "./types.ts";

type Desk = { db: DatabaseOrTransaction; api: RecaptureDesk["api"]; clock: Clock; auditKey: Uint8Array };
type Request = { personId: string; pictures: PictureBytes; reason: RecaptureReason };

/**
 * Replaces what is enrolled of a person with pictures that a member of the staff took, by the rules in force for
 * enrolments: intent before the call, outcome after it, an unknown outcome is one of the results. The pictures go to the
 * API and nowhere else. Audits `person.recapture`, refusals too.
 */
export async function recaptureNow(
  { db, api, clock, auditKey }: Desk,
  member: Actor & { id: string },
  { personId, pictures, reason }: Request,
): Promise<{ ok: true; result: RecaptureResult } | { ok: false; code: "not_found" }> {
  const person = await findPerson(db, personId);
  if (!person) return { ok: false, code: "not_found" };
  const policy = (await findCurrentPolicy(db)) ?? { version: 0, values: DEFAULT_POLICY_VALUES };
  const desk: RecaptureDesk = { inDatabase: (work) => work(db), api, policy, clock };
  const capture = captureOf(pictures, await findPictureLimit(db, api.origin));
  const actor = { source: "console", member, reason, auditKey } as const;
  const done = await recapturePerson(desk, { customId: person.customId, capture, actor });
  const outcome = done.ok
    ? ({ code: "succeeded", reason: null } as const)
    : { code: done.code, reason: done.reason };
  const sent = capture.ok
    ? { face: capture.capture.face !== undefined, fingers: capture.capture.fingerNumbers }
    : { face: capture.modality !== "fingers", fingers: capture.fingers };
  return { ok: true, result: { ...outcome, ...sent, at: clock() } };
}
