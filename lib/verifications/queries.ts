import { and, eq, gte, lt, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { applications } from "#db/schema/applications.ts";
import { loginOutcomes, logins, verifications } from "#db/schema/logins.ts";
import { members } from "#db/schema/members.ts";
import { people } from "#db/schema/people.ts";
import { listColumns, outcomeOfLogin, withSubject } from "#lib/verification-list/queries.ts";
import type { Verification } from "./types.ts";

/** How far the time inside a verification's id may lie from its own, generously: both are taken at the same try. */
const NEAR_ID_MS = 3_600_000;

const as = <T>(column: AnyPgColumn): SQL<T> => sql<T>`${column}`;

/** Everything recorded about the verification of this id, or null. */
export async function findVerification(
  db: DatabaseOrTransaction,
  id: string,
  idMadeAt: Date,
): Promise<Verification | null> {
  const rows = await db
    .select({
      ...listColumns,
      openedAt: verifications.openedAt,
      decision: as<Verification["decision"]>(verifications.decision),
      feedbackCode: verifications.feedbackCode,
      purpose: as<Verification["purpose"]>(verifications.purpose),
      policyVersion: verifications.policyVersion,
      actor: sql<string | null>`coalesce(${applications.name}, ${members.name})`,
      apiOperation: verifications.apiOperation,
      apiMessage: verifications.apiMessage,
      apiTries: verifications.apiTries,
      faceMatched: verifications.faceMatched,
      fingersListed: as<Verification["fingersListed"]>(verifications.fingersListed),
      gateway: verifications.gateway,
      bucket: logins.bucket,
      failuresBefore: verifications.failuresBefore,
      feedbackLocale: as<Verification["feedbackLocale"]>(verifications.feedbackLocale),
      decidedMs: verifications.decidedMs,
      qualityMs: verifications.qualityMs,
      livenessMs: verifications.livenessMs,
      verifyMs: verifications.verifyMs,
      diagnosisMs: verifications.diagnosisMs,
      judgedMs: verifications.judgedMs,
    })
    .from(verifications)
    .leftJoin(people, eq(people.id, verifications.personId))
    .leftJoin(loginOutcomes, outcomeOfLogin)
    .leftJoin(logins, and(eq(logins.openedAt, verifications.openedAt), eq(logins.id, verifications.loginId)))
    .leftJoin(applications, eq(applications.id, verifications.actorId))
    .leftJoin(members, eq(members.id, verifications.actorId))
    .where(
      and(
        eq(verifications.id, id),
        // Its id carries its time, and the time index leads to it: no index begins with the id.
        gte(verifications.at, new Date(idMadeAt.getTime() - NEAR_ID_MS)),
        lt(verifications.at, new Date(idMadeAt.getTime() + NEAR_ID_MS)),
      ),
    );
  const row = rows[0];
  return row ? withSubject(row) : null;
}

/** Whether anybody was ever verified, as far as the history reaches back. */
export async function hasVerifications(db: DatabaseOrTransaction): Promise<boolean> {
  const rows = await db.select({ id: verifications.id }).from(verifications).limit(1);
  return rows.length > 0;
}
