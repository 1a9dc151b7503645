import type { LoginOutcome, PathReason } from "#lib/logins/schema.ts";
import type { PersonStatus } from "#lib/people/schema.ts";
import type { StreamTrouble } from "#lib/tables/types.ts";

/** Why somebody is not added. The first half is seen in the row itself, the second in what is known here of its person. */
export const ADOPTER_TROUBLES = [
  "custom_id_missing",
  "custom_id_unusable",
  "erasure_pending",
  "erased_before",
] as const;
export type AdopterTrouble = (typeof ADOPTER_TROUBLES)[number];

/** A row of a list that can be added as far as the row goes, and one that cannot. `line` counts from 1. */
export type ListedAdopter = { line: number; customId: string };
export type LeftOut = { line: number; trouble: AdopterTrouble };

/** Of the rows left out so many are named by their lines, the first ones; all of them are counted. */
export const LINES_KEPT = 1_000;

/** What came of a list, or what would. `rows` is the sum of added, known, repeated and refused. */
export type AdopterReport = {
  rows: number;
  added: number;
  /** Of the added: those who are enrolled, and so are offered the path at their next login where early adopters are. */
  enrolled: number;
  /** In the cohort already: they stay as they are. */
  known: number;
  /** Rows that name somebody whom a row before them names. */
  repeated: number;
  refused: Partial<Record<AdopterTrouble, number>>;
  /** In the order of their lines, and no more than `LINES_KEPT`. */
  leftOut: LeftOut[];
};

/** `changed`: the file is not the one that was looked through. `busy`: another one is being read. `no_column`: none is of CustomIDs. */
export type ImportTrouble = StreamTrouble | "no_column" | "no_rows" | "changed" | "busy";

export type ImportAnswer =
  | { ok: true; report: AdopterReport; fileSha256: string }
  | { ok: false; trouble: ImportTrouble; line: number | null };

/** How many are in the cohort, and how far they came. */
export type CohortFigures = {
  people: number;
  enrolled: number;
  /** Were recognised by biometrics in an application at least once. */
  recognised: number;
};

/** One of them as the list shows them; `customId` is masked already where the reader may not see it whole. */
export type AdopterItem = {
  /** Its name where a CustomID must not stand. */
  id: string;
  customId: string;
  /** Their page, where the reader may open it. */
  personId: string | null;
  addedAt: Date;
  /** A name; null where the account is gone. */
  addedBy: string | null;
  /** Null where they never enrolled. */
  status: PersonStatus | null;
  /** Whether without the cohort their next login would be offered the path no more. */
  losesPath: boolean;
  lastLoginAt: Date | null;
  lastLoginOutcome: LoginOutcome | null;
};

/** From which place on a page of the list goes, and which way: `older` is onwards. */
export type AdopterCursor = { place: number; direction: "older" | "newer" };

export type AdopterPage = { adopters: AdopterItem[]; hasNewer: boolean; hasOlder: boolean };

/** What a gateway that hears our intent and Unleash alike can say of a login. */
export type AnswerReason = Extract<
  PathReason,
  "exposed" | "not_exposed" | "halted" | "not_enrolled" | "enrollment_pending" | "blocked" | "paused"
>;

/** What the rollout says to one person's next login, and by what. */
export type RolloutAnswer = {
  /** Why the path is offered or not, as a gateway would decide now. */
  reason: AnswerReason;
  /** What would let them in if nothing stood in the way: the cohort, their bucket, or nothing. */
  through: "cohort" | "bucket" | null;
  /** 0 to 99. A stage of n percent holds those below n. */
  bucket: number;
  exposurePercent: number;
  offersEarlyAdopters: boolean;
};

/** The answer to "is this CustomID in?". */
export type AskedAdopter = {
  /** Since when and by whom; null where they are not in. */
  added: { at: Date; by: string | null } | null;
  losesPath: boolean;
  answer: RolloutAnswer;
};
