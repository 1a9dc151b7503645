import type { CampaignModality, Lighting } from "#lib/campaigns/schema.ts";
import type { Campaign, Condition } from "#lib/campaigns/types.ts";
import type { DeviceClass } from "#lib/logins/schema.ts";
import type { ApiFailureCode } from "#lib/multibiometrics/types.ts";
import type { Rate } from "#lib/rates/types.ts";

/** What was measured in a picture that was not recognised, as far as it explains that; `none`: nothing that was measured does. */
export const FLAWS = ["dark", "bright", "blurred", "far", "faint", "none"] as const;
export type Flaw = (typeof FLAWS)[number];

/** Medians of what was measured; null where there is nothing to take one of. */
export type Medians = { lightLevel: number | null; sharpness: number | null };

/** Tries of one condition, by what came of them. `failed` ones count neither way. */
export type CellCounts = Condition & {
  recognised: number;
  notRecognised: number;
  unusable: number;
  failed: number;
  flaws: Record<Flaw, number>;
  quality: { recognised: Medians; others: Medians };
};

/**
 * What a cell says. `weak`: below the limit. `clearly_weak`: even the upper end of its interval is. `too_few`: not as many
 * tries as were wanted. `not_tried`: none at all.
 */
export const CELL_VERDICTS = ["fine", "weak", "clearly_weak", "too_few", "not_tried"] as const;
export type CellVerdict = (typeof CELL_VERDICTS)[number];

/** One cell of the matrix: `tries` are those that count, `rate` the recognised among them. */
export type Cell = CellCounts & { tries: number; rate: Rate | null; verdict: CellVerdict };

/** Device and light in which it goes worst, over all positions of one modality. */
export type WeakSpot = {
  deviceId: string;
  label: string;
  deviceClass: DeviceClass;
  lighting: Lighting;
  modality: CampaignModality;
  recognised: number;
  tries: number;
  /** Even the upper end of the interval is below the limit. */
  isClear: boolean;
  advice: Advice;
};

/** What to try next, as a code. */
export const ADVICE = [
  "light_screen",
  "turn_to_light",
  "find_shade",
  "hold_still",
  "come_closer",
  "more_light",
  "less_light",
  "press_flat",
  "enrol_again",
] as const;
export type Advice = (typeof ADVICE)[number];

/** Pictures held against another tester, who must not be recognised; `rate` is of those accepted. */
export type Swapped = { refused: number; accepted: number; failed: number; rate: Rate | null };

export type Totals = {
  recognised: number;
  tries: number;
  notRecognised: number;
  unusable: number;
  failed: number;
  rate: Rate | null;
  /** Cells with as many tries as were wanted, and those of them that are not weak. */
  judged: number;
  fine: number;
  cells: number;
};

/** Calls that brought no answer to judge by, and why. */
export type FailureCount = { code: ApiFailureCode | null; count: number };

export const TESTER_STATES = ["invited", "taking_part", "left", "withdrawn"] as const;
export type TesterState = (typeof TESTER_STATES)[number];

/** A tester as a number, with what they did and what is left of them at the API. */
export type TesterRow = {
  id: string;
  number: number;
  issuedAt: Date;
  state: TesterState;
  consentedAt: Date | null;
  tries: number;
  calls: number;
  /** Biometrics that the API may still hold, and those it is known to hold no longer. */
  held: number;
  gone: number;
};

/** A campaign in a list. */
export type CampaignLine = Pick<Campaign, "id" | "name" | "kind" | "openedAt" | "endsAt" | "closedAt"> & {
  testers: number;
  recognised: number;
  tries: number;
};

/** What can be taken out of a campaign, as its address names it. */
export const REPORTS = ["report.pdf", "cells.csv"] as const;

/** Everything a page or a report tells of one campaign. */
export type CampaignResults = {
  campaign: Campaign;
  cells: Cell[];
  totals: Totals;
  weakSpot: WeakSpot | null;
  flaws: Record<Flaw, number>;
  failures: FailureCount[];
  swapped: Swapped;
  testers: TesterRow[];
};

/** How much of the fallbacks of live logins one class of devices carries. */
export type LiveShare = { deviceClass: DeviceClass; share: number; fellBack: number; of: number };
