import type { Due } from "#lib/deadlines/types.ts";
import type { LoginOutcome, Path, PathReason } from "#lib/logins/schema.ts";
import type { FoundRequest } from "#lib/requests/queries.ts";
import type { BlockCause, Preview } from "#lib/requests/types.ts";
import type { RolloutIntent } from "#lib/rollout/schema.ts";
import type { LegalBasis, PersonStatus } from "./schema.ts";

/** How a CustomID met what was typed; the better kinds come first. */
const MATCH_KINDS = ["exact", "prefix", "part"] as const;
export type MatchKind = (typeof MATCH_KINDS)[number];

/** Longest CustomID, in characters. */
export const CUSTOM_ID_MAX = 128;
/** Most CustomIDs one pasted list may hold. */
export const LIST_MAX = 1000;

/** Why somebody looks for a person; told by the one who looks, and noted with the search. */
export const SEARCH_PURPOSES = [
  "support_call",
  "own_check",
  "data_subject_request",
  "incident",
  "other",
] as const;
export type SearchPurpose = (typeof SEARCH_PURPOSES)[number];

export const ENROLLED_FILTERS = ["face", "fingers", "both", "nothing"] as const;
export const SINCE_FILTERS = ["24h", "7d", "30d"] as const;
export const PATH_FILTERS = ["biometric", "legacy"] as const;
export const STATUS_FILTERS = ["enrolled", "pending", "paused", "blocked"] as const;

/** What the list of people is narrowed by. Unlike the CustomID searched for, filters may stand in a URL. */
export type PeopleFilters = {
  enrolled: (typeof ENROLLED_FILTERS)[number] | null;
  since: (typeof SINCE_FILTERS)[number] | null;
  path: (typeof PATH_FILTERS)[number] | null;
  status: (typeof STATUS_FILTERS)[number] | null;
};

export const NO_FILTERS: PeopleFilters = { enrolled: null, since: null, path: null, status: null };

/** Whether a reader sees CustomIDs whole, or only their last characters. */
export type CustomIdSight = "whole" | "masked";

/** What we want of the rollout now; the list's path column and path filter are judged by it. */
export type Exposure = Pick<RolloutIntent, "exposurePercent" | "offersEarlyAdopters" | "halted">;

/** A person as the lists and pages show them. */
export type Person = {
  id: string;
  customId: string;
  status: PersonStatus;
  faceEnrolled: boolean;
  fingersEnrolled: number[];
  bucket: number;
  isEarlyAdopter: boolean;
  failuresInARow: number;
  pausedUntil: Date | null;
  createdAt: Date;
  enrolledAt: Date | null;
  confirmedAt: Date | null;
  lastLoginAt: Date | null;
  lastLoginOutcome: LoginOutcome | null;
};

export type PersonRecord = Person & {
  legalBasis: LegalBasis;
  /** The last four characters, or null when the API never said the id. */
  bioPassIdEnding: string | null;
  /** Enrolled, recaptured, verified, logged in either way, or become known. */
  lastActiveAt: Date;
};

/** Until which day (`2026-03-13`) the retention keeps somebody who does not come again; null where no end is set. */
export type Kept = { until: string | null; isPast: boolean; isHeld: boolean };

export type FoundPerson = Person & {
  match: MatchKind;
  /** The part of the CustomID that met what was typed, as positions in the text; null where it is masked. */
  matched: { from: number; to: number } | null;
};

/** The answer to a search: the best matches first, and whether there are more than fit. */
export type PeopleFound =
  | { ok: true; people: FoundPerson[]; kind: MatchKind | null; hasMore: boolean }
  | { ok: false; code: "too_broad" };

/** A person as a row of the list; `customId` is already masked where the reader may not see it whole. */
export type PersonListItem = Pick<
  FoundPerson,
  "id" | "customId" | "faceEnrolled" | "lastLoginAt" | "lastLoginOutcome" | "enrolledAt" | "matched"
> & {
  fingers: number;
  path: Path;
  pathReason: PathReason;
  /** What the rollout lets them in by. */
  through: "cohort" | "bucket" | null;
  standing: PersonStanding;
};

/** The status as people speak of it: a pause is one although the database keeps it apart. */
export type PersonStanding = PersonStatus | "paused";

/** The people of a pasted list in its order, and the places of those nobody has: the texts stay with the asker. */
export type ListAnswer = { people: PersonListItem[]; missing: number[] };

export type PeopleList = { people: PersonListItem[]; hasMore: boolean };
export type SearchAnswer =
  | ({ ok: true; kind: MatchKind | null } & PeopleList)
  | { ok: false; code: "too_broad" };

/** Why verifying or recapturing somebody from the console is locked. */
export type ActLock = "role" | "blocked" | "pending";

/** What was asked about a person, what keeps their data from being erased, and why they are blocked. */
export type Requested = {
  requests: (FoundRequest & { due: Pick<Due, "state" | "daysLeft"> })[];
  /** `placedBy` is a name; null where the account is gone. */
  hold: { id: string; version: number; reason: string; placedAt: Date; placedBy: string | null } | null;
  blockCause: BlockCause | null;
  offers: KeepingOffers;
};

/** What a reader may do here about holds and blocks, and about a record that nobody asked to erase. */
export type KeepingOffers = {
  placeHold: boolean;
  /** Another person than who placed it releases a hold. */
  releaseHold: "free" | "not_second_person" | null;
  /** A block that an open request needs ends with that request. */
  liftBlock: "free" | "still_needed" | null;
  /** Null where it is not theirs, an erasure is open or a hold stands. */
  deletion: { preview: Preview; digest: string } | null;
};
