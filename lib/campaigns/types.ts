import type { ApiKind } from "#lib/contract-checks/types.ts";
import type { DeviceClass } from "#lib/logins/schema.ts";
import type { Role } from "#lib/members/schema.ts";
import type { ApiFailureCode } from "#lib/multibiometrics/types.ts";
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
