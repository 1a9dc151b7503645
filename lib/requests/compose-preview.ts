import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { count, eq, inArray, sql } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditEntries, auditSubjectKeys } from "#db/schema/audit.ts";
import { verifications } from "#db/schema/logins.ts";
import { enrolments, people } from "#db/schema/people.ts";
import { earlyAdopters } from "#db/schema/rollouts.ts";
import { listSubjectRefs } from "#lib/audit/name-subject.ts";
import type { Subject } from "#lib/audit/types.ts";
import { type Asked, goesOf, staysOf } from "#lib/grounds/rules.ts";
import type { LegalBasis } from "#lib/people/schema.ts";
import { findCurrentRetention } from "#lib/retention/queries.ts";
import type { Preview } from "./types.ts";

/**
 * What granting the request would do now, and the SHA-256 (hexadecimal) of its JCS form that an approval is bound to.
 * The digest leaves out how many rows stay: those grow with each login, and nobody's decision hangs on them; it holds the
 * days for which the retention keeps them, so that another rule is looked at anew and another day is not. Throws
 * AuditKeyUnreadable.
 */
export async function composePreview(
  db: DatabaseOrTransaction,
  asked: Asked,
  subject: Subject,
): Promise<{ preview: Preview; digest: string }> {
  const held = await readHeld(db, subject);
  const preview = { goes: goesOf(asked, held), stays: staysOf(asked, held) };
  const stays = preview.stays.map(({ items: _, ...item }) => item);
  const bound = { right: asked.right, goes: preview.goes, stays };
  const digest = createHash("sha256")
    .update(canonicalize(bound) ?? "")
    .digest("hex");
  return { preview, digest };
}

/** What is held of a person, in numbers. */
async function readHeld(db: DatabaseOrTransaction, subject: Subject) {
  const refs = (await listSubjectRefs(db, subject)).map(({ ref }) => ref);
  const [person] = await db
    .select({
      id: people.id,
      legalBasis: sql<LegalBasis>`${people.legalBasis}`,
      face: people.faceEnrolled,
      fingers: sql<number>`cardinality(${people.fingersEnrolled})`,
      hasBioPassId: sql<boolean>`${people.bioPassId} is not null`,
    })
    .from(people)
    .where(eq(people.customId, subject.customId));
  const [keys] = await db
    .select({ count: count() })
    .from(auditSubjectKeys)
    .where(inArray(auditSubjectKeys.subjectRef, refs));
  const [entries] = await db
    .select({ count: count() })
    .from(auditEntries)
    .where(inArray(auditEntries.subjectRef, refs));
  const [adopter] = await db
    .select({ count: count() })
    .from(earlyAdopters)
    .where(eq(earlyAdopters.customId, subject.customId));
  const counted = person ? await countRows(db, person.id) : { history: 0, attempts: 0 };
  return {
    legalBasis: person?.legalBasis ?? null,
    face: person?.face === true,
    fingers: person?.fingers ?? 0,
    mapping: person ? (person.hasBioPassId ? 2 : 1) : 0,
    earlyAdopter: adopter?.count ?? 0,
    sealedKeys: keys?.count ?? 0,
    auditEntries: entries?.count ?? 0,
    historyDays: (await findCurrentRetention(db)).values.historyDays,
    ...counted,
  };
}

async function countRows(db: DatabaseOrTransaction, personId: string) {
  const [history] = await db
    .select({ count: count() })
    .from(verifications)
    .where(eq(verifications.personId, personId));
  const [attempts] = await db
    .select({ count: count() })
    .from(enrolments)
    .where(eq(enrolments.personId, personId));
  return { history: history?.count ?? 0, attempts: attempts?.count ?? 0 };
}
