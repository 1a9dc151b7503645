import type { DatabaseOrTransaction } from "#db/client.ts";
import type { PictureProblem } from "#lib/captures/types.ts";
import type { Clock } from "#lib/clock.ts";
import type { ApiKind } from "#lib/contract-checks/types.ts";
import type { DeviceClass } from "#lib/logins/schema.ts";
import type { Role } from "#lib/members/schema.ts";
import type { ApiFailureCode, Multibiometrics } from "#lib/multibiometrics/types.ts";
import type { CampaignModality, Lighting, Position } from "./schema.ts";

/** The channel on which it is announced that a tester's biometrics are to leave the API. */
export const CAMPAIGN_CHANNEL = "campaigns";

/**
 * What came of a try. `unusable`: the API found no template in the picture. `failed`: there was no answer to judge by; it
 * counts neither way, and the same try may be made again.
 */
export const TRY_OUTCOMES = ["recognised", "not_recognised", "unusable", "failed"] as const;
export type TryOutcome = (typeof TRY_OUTCOMES)[number];

/** What came of the same picture held against another tester: only `accepted` is a mistake. */
export const SWAPPED_OUTCOMES = ["refused", "accepted", "failed"] as const;
export type SwappedOutcome = (typeof SWAPPED_OUTCOMES)[number];

/** Why a tester's link opens nothing. `left`: they ended it themselves, and what was enrolled is deleted. */
export const TESTER_TROUBLES = ["unknown", "expired", "withdrawn", "closed", "left"] as const;
export type TesterTrouble = (typeof TESTER_TROUBLES)[number];

/** Who changes a campaign: a member, and nobody else. */
export type CampaignMember = { id: string; role: Role };

/** A tester's link just made: the token can be read this once. */
export type NewTester = { id: string; number: number; token: string };

export type CampaignDevice = { id: string; label: string; deviceClass: DeviceClass };

export type Campaign = {
  id: string;
  name: string;
  /** The API it was opened against, and what that stands for. */
  origin: string;
  kind: ApiKind;
  openedBy: string;
  openedAt: Date;
  endsAt: Date;
  closedAt: Date | null;
  devices: CampaignDevice[];
  lightings: Lighting[];
  positions: Position[];
  triesWanted: number;
  triesEach: number;
  limitPercent: number;
  swapped: boolean;
};

/** What a campaign asks of its testers. */
export type CampaignPlan = {
  cells: number;
  /** Tries a tester makes on one device. */
  triesOnDevice: number;
  /** Testers with each device, so that every cell gets as many tries as are wanted. */
  testersPerDevice: number;
};

/** One cell of the matrix. */
export type Condition = { deviceId: string; lighting: Lighting; position: Position };

/** A try as it is kept: its condition, what came of it and what was measured. */
export type TryRow = Condition & {
  id: string;
  testerNumber: number;
  modality: CampaignModality;
  place: number;
  askedAt: Date;
  outcome: TryOutcome | null;
  swappedOutcome: SwappedOutcome | null;
  code: ApiFailureCode | null;
  tookMs: number | null;
};

/** A try that takes up its place: without an outcome while it is being made. */
export type TesterTry = Condition & { place: number; outcome: Exclude<TryOutcome, "failed"> | null };

/** What the holder of a link is shown; where they are in their walk follows from it. */
export type TesterView = {
  number: number;
  campaign: Pick<
    Campaign,
    "name" | "kind" | "devices" | "lightings" | "positions" | "triesEach" | "swapped"
  > & {
    /** Host of the API that pictures are sent to. */
    host: string;
    endsAt: Date;
  };
  hasConsented: boolean;
  enrolled: CampaignModality[];
  tries: TesterTry[];
};

/** Why a step of a tester's is refused that is none of the link's own troubles. */
export type TesterRefusal =
  /** Another API is configured than the campaign was opened against. */
  | "other_api"
  | "no_consent"
  | "not_enrolled"
  /** The campaign asks for no such try. */
  | "not_asked"
  /** Every try of this condition is made. */
  | "complete"
  /** The link has caused all the calls it may. */
  | "spent"
  /** The same try is still being made. */
  | "in_progress"
  | PictureProblem;

/** `left`: how many enrolments of this link the API may still hold. */
export type LinkRefused = { ok: false; code: TesterTrouble; left: number };
export type TesterRefused = LinkRefused | { ok: false; code: TesterRefusal };

/** An enrolment about to be sent. `isAlone`: no earlier call for the same CustomID can still arrive. */
export type EnrolmentAsked = { customId: string; askedAt: Date; isAlone: boolean };

/** What came of a step at the API, with where the tester is after it. */
export type TesterStep<End> = { ok: true; end: End; view: TesterView } | TesterRefused;
export type EnrolmentEnd = { isEnrolled: true } | { isEnrolled: false; code: ApiFailureCode };
export type TryEnd = { outcome: TryOutcome; code: ApiFailureCode | null };

/** What a tester's step needs of its process. */
export type TesterDesk = {
  db: DatabaseOrTransaction;
  api: Pick<Multibiometrics, "enroll" | "verify" | "origin">;
  clock: Clock;
};
