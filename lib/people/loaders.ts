import "server-only";
import { cache } from "react";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { listSubjectRefs } from "#lib/audit/name-subject.ts";
import type { Subject } from "#lib/audit/types.ts";
import { listLooks } from "#lib/audit-log/queries.ts";
import type { Grant } from "#lib/auth/policy.ts";
import { grantOf } from "#lib/auth/policy.ts";
import type { Viewer } from "#lib/auth/types.ts";
import { requireViewer } from "#lib/auth/viewer.ts";
import { findCircuitSwitch } from "#lib/circuit/queries.ts";
import { heldUntilOf, isHeldOpen } from "#lib/circuit/rules.ts";
import { consoleAuditKey } from "#lib/console/audit.ts";
import { consoleDatabase, consoleSettings } from "#lib/console/runtime.ts";
import { standingOfDue } from "#lib/deadlines/rules.ts";
import { findLastEnrolment, findLastLogin, getPersonFigures, listTimeline } from "#lib/history/queries.ts";
import { adviceFor, answerForPerson, withoutStaff } from "#lib/history/rules.ts";
import type { TimelineKind } from "#lib/history/types.ts";
import { findPlacerName, findStandingHold } from "#lib/holds/queries.ts";
import type { HoldRow } from "#lib/holds/types.ts";
import { isId } from "#lib/ids.ts";
import { failuresBeforePause } from "#lib/logins/rules.ts";
import { searchPeople } from "#lib/people-search/queries.ts";
import { findCurrentPolicy } from "#lib/policies/queries.ts";
import { DEFAULT_POLICY_VALUES } from "#lib/policies/schema.ts";
import { previewDeletion } from "#lib/requests/open-deletion.ts";
import { listRequestsOfSubject } from "#lib/requests/queries.ts";
import { findObeyedRetention } from "#lib/retention/queries.ts";
import { dayOf, personKeptUntil } from "#lib/retention/rules.ts";
import type { RetentionValues } from "#lib/retention/schema.ts";
import { findIntent } from "#lib/rollout/queries.ts";
import { findBlock, findPerson, listPeopleByCustomIds, listRecentPeople } from "./queries.ts";
import { recordView } from "./record-view.ts";
import { actLockOf, explainPath, keepingOffersOf, listItemOf, maskCustomId, standingOf } from "./rules.ts";
import { foldCustomId } from "./schema.ts";
import type {
  CustomIdSight,
  Exposure,
  Kept,
  ListAnswer,
  PeopleFilters,
  PeopleList,
  PersonRecord,
  Requested,
  SearchAnswer,
} from "./types.ts";

const TIMELINE_SHOWN = 20;
const LOOKS_SHOWN = 8;
const FIGURES_DAYS = 30;
const NOBODY_EXPOSED: Exposure = { exposurePercent: 0, offersEarlyAdopters: false, halted: false };

const sightOf = (grant: Grant): CustomIdSight => (grant === "full" ? "whole" : "masked");

/** The people enrolled last, for somebody who may search people. */
export const loadRecentPeople = cache(async (filters: PeopleFilters) => {
  const viewer = await requireViewer("people.search");
  const db = consoleDatabase();
  const now = new Date();
  const exposure = (await findIntent(db)) ?? NOBODY_EXPOSED;
  const sight = sightOf(viewer.grant);
  const recent = await listRecentPeople(db, filters, exposure, now);
  const list: PeopleList = {
    people: recent.people.map((person) => listItemOf(person, sight, exposure, now)),
    hasMore: recent.hasMore,
  };
  const mayImport = grantOf(viewer.role, "people.import") !== null;
  const circuitHeldUntil = heldUntilOf(await findCircuitSwitch(db), now);
  return { list, sight, exposurePercent: exposure.exposurePercent, mayImport, circuitHeldUntil };
});

/** Finds people by CustomID, showing no more of it than the grant allows. */
export async function findPeople(
  db: DatabaseOrTransaction,
  grant: Grant,
  { text, filters }: { text: string; filters: PeopleFilters },
  now: Date,
): Promise<SearchAnswer> {
  const exposure = (await findIntent(db)) ?? NOBODY_EXPOSED;
  const sight = sightOf(grant);
  const found = await searchPeople(db, { text, sight, filters, exposure }, now);
  if (!found.ok) return found;
  const { kind, hasMore } = found;
  return {
    ok: true,
    kind,
    hasMore,
    people: found.people.map((person) => listItemOf(person, sight, exposure, now)),
  };
}

/** Finds the people of a pasted list, showing no more of their CustomIDs than the grant allows. */
export async function findListedPeople(
  db: DatabaseOrTransaction,
  grant: Grant,
  customIds: readonly string[],
  now: Date,
): Promise<ListAnswer> {
  const exposure = (await findIntent(db)) ?? NOBODY_EXPOSED;
  const found = await listPeopleByCustomIds(db, customIds);
  const known = new Set(found.map(({ customId }) => foldCustomId(customId)));
  return {
    people: found.map((person) => listItemOf(person, sightOf(grant), exposure, now)),
    missing: customIds.flatMap((customId, place) => (known.has(foldCustomId(customId)) ? [] : [place])),
  };
}

export type PersonPageQuery = { kind: TimelineKind | null; before: Date | null };

/**
 * Everything a person's page shows, or null when nobody has this id. Opening it is audited: `person.view`, once in ten
 * minutes per member and person.
 */
export async function loadPerson(id: string, timeline: PersonPageQuery) {
  const viewer = await requireViewer("person.view");
  if (!isId(id)) return null;
  const db = consoleDatabase();
  const now = new Date();
  const person = await findPerson(db, id);
  if (!person) return null;
  const subject = { customId: person.customId, key: consoleAuditKey() };
  await recordView(db, { id: viewer.memberId, role: viewer.role }, { personId: id, subject }, now);
  const since = new Date(now.getTime() - FIGURES_DAYS * 86_400_000);
  const [lastLogin, lastEnrolment, history, figures, intent, circuit, policy, looks, requested, retention] =
    await Promise.all([
      findLastLogin(db, id),
      findLastEnrolment(db, id),
      listTimeline(db, { personId: id, ...timeline, limit: TIMELINE_SHOWN }),
      getPersonFigures(db, id, since),
      findIntent(db),
      findCircuitSwitch(db),
      findCurrentPolicy(db),
      viewer.grant === "full" ? findLooks(db, viewer, id, subject) : null,
      grantOf(viewer.role, "request.read") === "full"
        ? findRequested(db, viewer, person, subject, now)
        : null,
      findObeyedRetention(db, now),
    ]);
  const values = policy?.values ?? DEFAULT_POLICY_VALUES;
  const path = explainPath(person, intent, now, isHeldOpen(circuit, now));
  const answer = answerForPerson(path.reason, lastLogin);
  const customId = viewer.grant === "full" ? person.customId : maskCustomId(person.customId);
  return {
    person: { ...person, customId },
    mayCopyId: viewer.grant === "full",
    verifyLock: actLockOf(person, grantOf(viewer.role, "person.verify") !== null),
    recaptureLock: actLockOf(person, grantOf(viewer.role, "person.recapture") !== null),
    viewerId: viewer.memberId,
    standing: standingOf(person, now),
    answer,
    advice: adviceFor(answer, lastLogin),
    lastEnrolment,
    path,
    intent,
    pause: { limit: failuresBeforePause(values), minutes: values.pauseMinutes },
    lastLogin,
    history:
      viewer.grant === "full"
        ? history
        : { ...history, entries: withoutStaff(history.entries, viewer.memberId) },
    looks,
    requested,
    kept: keptOf(person, retention, { isHeld: requested?.hold != null, now }),
    figures,
    now,
  };
}

/** Who looked at the person or did something about them, and their names in the log for those who may read all of it. */
async function findLooks(db: DatabaseOrTransaction, { role }: Viewer, personId: string, subject: Subject) {
  const refs = await listSubjectRefs(db, subject);
  const rows = await listLooks(db, { personId, refs }, LOOKS_SHOWN + 1);
  return {
    rows: rows.slice(0, LOOKS_SHOWN),
    hasMore: rows.length > LOOKS_SHOWN,
    refs: grantOf(role, "audit.read") === "full" ? refs : null,
  };
}

function keptOf(
  { lastActiveAt }: PersonRecord,
  { inactivePersonDays: days }: RetentionValues,
  { isHeld, now }: { isHeld: boolean; now: Date },
): Kept {
  const { timeZone } = consoleSettings();
  const until = days === null ? null : personKeptUntil(lastActiveAt, days, timeZone);
  return { until, isPast: until !== null && until < dayOf(now, timeZone), isHeld };
}

/** For those who may read requests. */
async function findRequested(
  db: DatabaseOrTransaction,
  viewer: Viewer,
  person: PersonRecord,
  subject: Subject,
  now: Date,
): Promise<Requested> {
  const [requests, hold, block] = await Promise.all([
    listRequestsOfSubject(db, subject),
    findStandingHold(db, subject.customId),
    findBlock(db, person.id),
  ]);
  const { timeZone, requests: rules } = consoleSettings();
  const { isSingleControl } = rules;
  const { mayDelete, ...offers } = keepingOffersOf({ viewer, hold, block, requests, isSingleControl });
  return {
    requests: requests.map((one) => ({ ...one, due: standingOfDue(one, { now, timeZone }) })),
    hold: hold && (await shownHold(db, hold)),
    blockCause: block?.cause ?? null,
    offers: { ...offers, deletion: mayDelete ? await previewDeletion(db, person, subject.key) : null },
  };
}

async function shownHold(db: DatabaseOrTransaction, hold: HoldRow): Promise<Requested["hold"]> {
  const { id, version, reason, placedAt } = hold;
  return { id, version, reason, placedAt, placedBy: await findPlacerName(db, hold) };
}

export type PersonPageData = NonNullable<Awaited<ReturnType<typeof loadPerson>>>;
