import type { Grant } from "#lib/auth/policy.ts";
import { inOrder, isOver, modalitiesOf, modalityOf } from "#lib/campaigns/rules.ts";
import type { CampaignModality, Lighting, Position } from "#lib/campaigns/schema.ts";
import type { Campaign, Condition } from "#lib/campaigns/types.ts";
import type { DeviceClass } from "#lib/logins/schema.ts";
import { hidesSmall, PEOPLE_FOR_RATES, wilsonInterval } from "#lib/rates/rules.ts";
import {
  type Advice,
  type Cell,
  type CellCounts,
  type CellVerdict,
  FLAWS,
  type Flaw,
  type LiveShare,
  type Medians,
  type Swapped,
  type TesterState,
  type Totals,
  type WeakSpot,
} from "./types.ts";

type Setting = Pick<Campaign, "triesWanted" | "limitPercent">;
type Tried = { recognised: number; tries: number };

const isBelow = ({ recognised, tries }: Tried, { limitPercent }: Setting): boolean =>
  recognised * 100 < limitPercent * tries;

/** Whether chance does not explain it: the whole 95 % interval lies below the limit. */
const isClearlyBelow = ({ recognised, tries }: Tried, { limitPercent }: Setting): boolean =>
  wilsonInterval(recognised, tries).high * 100 < limitPercent;

/**
 * What a cell says. With fewer tries than were wanted it says nothing, not even where its interval lies below the limit: of
 * very few tries the score interval is narrower than chance is.
 */
export function verdictOf(tried: Tried, setting: Setting): CellVerdict {
  if (tried.tries === 0) return "not_tried";
  if (tried.tries < setting.triesWanted) return "too_few";
  if (isClearlyBelow(tried, setting)) return "clearly_weak";
  return isBelow(tried, setting) ? "weak" : "fine";
}

export const isWeak = ({ verdict }: Pick<Cell, "verdict">): boolean =>
  verdict === "weak" || verdict === "clearly_weak";

const NO_MEDIANS: Medians = { lightLevel: null, sharpness: null };
export const noFlaws = (): Record<Flaw, number> =>
  Object.fromEntries(FLAWS.map((flaw) => [flaw, 0])) as Record<Flaw, number>;

const keyOf = ({ deviceId, lighting, position }: Condition): string =>
  [deviceId, lighting, position].join(" ");

/** Every cell of a campaign in the order of its matrix, those too in which nothing was tried. */
export function cellsOf(campaign: Campaign, counts: readonly CellCounts[]): Cell[] {
  const found = new Map(counts.map((cell) => [keyOf(cell), cell]));
  return conditionsOf(campaign).map((condition) => {
    const cell = found.get(keyOf(condition)) ?? emptyCell(condition);
    const tries = cell.recognised + cell.notRecognised + cell.unusable;
    const rate = tries === 0 ? null : wilsonInterval(cell.recognised, tries);
    return { ...cell, tries, rate, verdict: verdictOf({ recognised: cell.recognised, tries }, campaign) };
  });
}

const emptyCell = (condition: Condition): CellCounts => ({
  ...condition,
  ...{ recognised: 0, notRecognised: 0, unusable: 0, failed: 0, flaws: noFlaws() },
  quality: { recognised: NO_MEDIANS, others: NO_MEDIANS },
});

function conditionsOf({ devices, lightings, positions }: Campaign): Condition[] {
  return devices.flatMap(({ id: deviceId }) =>
    lightings.flatMap((lighting) => inOrder(positions).map((position) => ({ deviceId, lighting, position }))),
  );
}

const sumOf = <Part>(parts: readonly Part[], of: (part: Part) => number): number =>
  parts.reduce((sum, part) => sum + of(part), 0);

/** The tries of several cells as one. */
export const triedIn = (cells: readonly Cell[]): Tried => ({
  recognised: sumOf(cells, ({ recognised }) => recognised),
  tries: sumOf(cells, ({ tries }) => tries),
});

/** How often each flaw stands beside a picture that was not recognised. */
export function flawsIn(cells: readonly Pick<Cell, "flaws">[]): Record<Flaw, number> {
  const sums = noFlaws();
  for (const { flaws } of cells) for (const flaw of FLAWS) sums[flaw] += flaws[flaw];
  return sums;
}

/** A campaign as a whole. */
export function totalsOf(cells: readonly Cell[]): Totals {
  const { recognised, tries } = triedIn(cells);
  const judged = cells.filter(({ verdict }) => verdict !== "too_few" && verdict !== "not_tried");
  return {
    ...{ recognised, tries, cells: cells.length, judged: judged.length },
    notRecognised: sumOf(cells, (cell) => cell.notRecognised),
    unusable: sumOf(cells, (cell) => cell.unusable),
    failed: sumOf(cells, (cell) => cell.failed),
    rate: tries === 0 ? null : wilsonInterval(recognised, tries),
    fine: judged.filter(({ verdict }) => verdict === "fine").length,
  };
}

/**
 * Device and light in which it goes worst, over the positions of one modality: of those below the limit, first what
 * chance does not explain, then the lowest share. With fewer tries than a cell should have, they say nothing. Null where
 * nothing is weak.
 */
export function weakSpotOf(campaign: Campaign, cells: readonly Cell[]): WeakSpot | null {
  const spots = campaign.devices.flatMap((device) =>
    campaign.lightings.flatMap((lighting) =>
      modalitiesOf(campaign.positions).map((modality) => {
        const own = cells.filter(
          (cell) =>
            cell.deviceId === device.id &&
            cell.lighting === lighting &&
            modalityOf(cell.position) === modality,
        );
        return { device, lighting, modality, own, ...triedIn(own) };
      }),
    ),
  );
  const weak = spots
    .filter((spot) => spot.tries >= campaign.triesWanted && isBelow(spot, campaign))
    .map((spot) => ({ ...spot, isClear: isClearlyBelow(spot, campaign) }))
    .toSorted(
      (a, b) => Number(b.isClear) - Number(a.isClear) || a.recognised / a.tries - b.recognised / b.tries,
    );
  const [worst] = weak;
  if (worst === undefined) return null;
  const { device, lighting, modality, own, recognised, tries, isClear } = worst;
  const advice = adviceFor({ lighting, modality, flaws: flawsIn(own) });
  const { id: deviceId, label, deviceClass } = device;
  return { deviceId, label, deviceClass, lighting, modality, recognised, tries, isClear, advice };
}

const OF_FLAW: Record<Exclude<Flaw, "none">, Advice> = {
  dark: "more_light",
  bright: "less_light",
  blurred: "hold_still",
  far: "come_closer",
  faint: "press_flat",
};
const OF_LIGHT: Record<Lighting, Advice> = {
  dim: "light_screen",
  light_behind: "turn_to_light",
  outdoors: "find_shade",
  window: "enrol_again",
  lamp: "enrol_again",
};

/**
 * What to try next where it goes worst: what at least half of the pictures lack, else what the light asks for. Dark
 * pictures in dim light, or with the light behind, ask for what helps in that light.
 */
export function adviceFor(spot: {
  lighting: Lighting;
  modality: CampaignModality;
  flaws: Record<Flaw, number>;
}): Advice {
  const { lighting, modality, flaws } = spot;
  const [flaw] = FLAWS.toSorted((a, b) => flaws[b] - flaws[a]);
  const all = sumOf(FLAWS, (one) => flaws[one]);
  const ofLight = modality === "fingers" ? "press_flat" : OF_LIGHT[lighting];
  if (flaw === undefined || flaw === "none" || all === 0 || flaws[flaw] * 2 < all) return ofLight;
  return flaw === "dark" && (lighting === "dim" || lighting === "light_behind")
    ? OF_LIGHT[lighting]
    : OF_FLAW[flaw];
}

/** How often somebody else was recognised, among the pictures that were held against another tester and answered. */
export function swappedOf({ refused, accepted, failed }: Omit<Swapped, "rate">): Swapped {
  const of = refused + accepted;
  return { refused, accepted, failed, rate: of === 0 ? null : wilsonInterval(accepted, of) };
}

/** The columns of one modality's matrix. */
export const positionsOf = (positions: readonly Position[], modality: CampaignModality): Position[] =>
  inOrder(positions).filter((position) => modalityOf(position) === modality);

/** Where a tester stands. */
export function stateOfTester(tester: {
  consentedAt: Date | null;
  leftAt: Date | null;
  withdrawnAt: Date | null;
}): TesterState {
  if (tester.leftAt !== null) return "left";
  if (tester.withdrawnAt !== null) return "withdrawn";
  return tester.consentedAt === null ? "invited" : "taking_part";
}

/** Where a campaign stands. */
export function standingOf(
  campaign: Pick<Campaign, "closedAt" | "endsAt">,
  now: Date,
): "open" | "ended" | "closed" {
  if (!isOver(campaign, now)) return "open";
  return campaign.closedAt === null ? "ended" : "closed";
}

type DeviceCell = { value: string; fellBack: number };

/**
 * How much of the fallbacks of live logins a class of devices carries. Null where there are too few people or fallbacks
 * for a share, or the reader may not know one of the two parts.
 */
export function liveShareOf(
  cells: readonly DeviceCell[],
  deviceClass: DeviceClass,
  { people, grant }: { people: number; grant: Grant },
): LiveShare | null {
  const of = sumOf(cells, ({ fellBack }) => fellBack);
  const fellBack = sumOf(
    cells.filter(({ value }) => value === deviceClass),
    (cell) => cell.fellBack,
  );
  if (Math.min(people, of) < PEOPLE_FOR_RATES || fellBack === 0) return null;
  if (hidesSmall(grant, fellBack, of - fellBack)) return null;
  return { deviceClass, share: fellBack / of, fellBack, of };
}
