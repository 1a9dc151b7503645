import type { ApiResult, Biometrics, Verdict } from "#lib/multibiometrics/types.ts";
import type { CampaignInput, CampaignModality, Lighting, Position } from "./schema.ts";
import { CAMPAIGN_MODALITIES, POSITIONS } from "./schema.ts";
import type {
  Campaign,
  CampaignPlan,
  SwappedOutcome,
  TesterTrouble,
  TesterTry,
  TesterView,
  TryEnd,
} from "./types.ts";

/** Every CustomID of a tester begins with it, and nobody else's may. */
export const TESTER_ID_PREFIX = "gatehouse-tester-";
/** More hold no link of one campaign, over all its time. */
export const TESTERS_AT_MOST = 500;
/** The page that a tester's link opens; the token stands behind "#", where it reaches no server and no log. */
export const TESTER_PAGE = "/campaign";
/** A picture that was refused may be taken again so many times as often as conditions ask for tries. */
const TRIES_PER_WANTED = 3;
const ENROLMENT_TRIES = 5;

const OF_FINGERS: ReadonlySet<Position> = new Set(["flat", "tilted"]);

/** Whether a position is one of a face or of a finger. */
export const modalityOf = (position: Position): CampaignModality =>
  OF_FINGERS.has(position) ? "fingers" : "face";

/** The modalities that a campaign's positions ask for, the face first. */
export function modalitiesOf(positions: readonly Position[]): CampaignModality[] {
  return CAMPAIGN_MODALITIES.filter((modality) =>
    positions.some((position) => modalityOf(position) === modality),
  );
}

/** Positions in the order of the matrix, whatever order they were chosen in. */
export const inOrder = (positions: readonly Position[]): Position[] =>
  POSITIONS.filter((position) => positions.includes(position));

/** What so many devices, lightings and positions ask of testers; zero where one of the three is still missing. */
export function planOf(setting: {
  devices: number;
  lightings: number;
  positions: number;
  triesWanted: number;
  triesEach: number;
}): CampaignPlan {
  const { devices, lightings, positions, triesWanted, triesEach } = setting;
  return {
    cells: devices * lightings * positions,
    triesOnDevice: lightings * positions * triesEach,
    testersPerDevice: triesEach > 0 ? Math.ceil(triesWanted / triesEach) : 0,
  };
}

/**
 * How many calls of the API one tester's link may cause at most on all of these devices: the enrolments, and every try with
 * its swapped one, as often as pictures may be taken again. A link that was passed on spends no more.
 */
export function callsOfTester({
  lightings,
  positions,
  devices,
  triesEach,
  swapped,
}: Pick<CampaignInput, "lightings" | "positions" | "triesEach" | "swapped"> & {
  devices: readonly unknown[];
}): number {
  const tries = devices.length * lightings.length * positions.length * triesEach * TRIES_PER_WANTED;
  return modalitiesOf(positions).length * ENROLMENT_TRIES + tries * (swapped ? 2 : 1);
}

/** The address handed to a tester. */
export const addressOfTester = (publicUrl: string, token: string): string =>
  `${new URL(TESTER_PAGE, publicUrl).href}#${token}`;

/** Whether nobody can try anything in it any more. */
export const isOver = ({ endsAt, closedAt }: Pick<Campaign, "endsAt" | "closedAt">, now: Date): boolean =>
  closedAt !== null || endsAt <= now;

type TesterLink = {
  withdrawnAt: Date | null;
  leftAt: Date | null;
  campaign: Pick<Campaign, "endsAt" | "closedAt">;
};

/** Why a tester's link opens nothing now; null where it does. */
export function troubleOfTester(link: TesterLink | null, now: Date): TesterTrouble | null {
  if (link === null) return "unknown";
  if (link.leftAt !== null) return "left";
  if (link.withdrawnAt !== null) return "withdrawn";
  if (link.campaign.closedAt !== null) return "closed";
  return link.campaign.endsAt <= now ? "expired" : null;
}

/** A finger is always this one, the right index finger: a campaign compares conditions, not fingers. */
const TESTED_FINGER = 2;
/** Longest wait for one call of the API; a tester has more patience than somebody who logs in. */
export const CALL_TIMEOUT_MS = 10_000;
/** A try makes two calls at most: one without an answer for longer was cut off. */
const LOST_AFTER_MS = 3 * CALL_TIMEOUT_MS;

/** Tries asked for before that moment and not answered were cut off. */
export const lostBefore = (now: Date): Date => new Date(now.getTime() - LOST_AFTER_MS);

/** A tester's one picture as it is sent. */
export const biometricsOf = (modality: CampaignModality, base64: string): Biometrics =>
  modality === "face" ? { face: base64 } : { fingers: { [TESTED_FINGER]: base64 } };

/** The first place of a condition that no try takes up; null where all are taken. */
export function freePlace(taken: readonly number[], triesEach: number): number | null {
  const places = Array.from({ length: triesEach }, (_, index) => index + 1);
  return places.find((place) => !taken.includes(place)) ?? null;
}

/** What a try is counted as by what the API answered. */
export function endOfTry(answer: ApiResult<Pick<Verdict, "match">>): TryEnd {
  if (answer.ok) return { outcome: answer.value.match ? "recognised" : "not_recognised", code: null };
  if (answer.code === "capture_unusable") return { outcome: "unusable", code: null };
  return { outcome: "failed", code: answer.code };
}

/** What the same picture beside another tester is counted as. */
export function endOfSwapped(answer: ApiResult<Pick<Verdict, "match">>): SwappedOutcome {
  if (!answer.ok) return "failed";
  return answer.value.match ? "accepted" : "refused";
}

/** Whether an enrolment stands after this answer: "exists already" is the echo of one whose own answer was lost. */
export const isEnrolledBy = (answer: ApiResult<unknown>): boolean =>
  answer.ok || answer.code === "custom_id_exists";

/** One thing to do on a device: the tries of one condition. */
export type WalkStep = {
  lighting: Lighting;
  position: Position;
  modality: CampaignModality;
  tries: TesterTry[];
};

/** All that is to be tried on a device, in the order in which it is least trouble: light by light. */
export function walkOf({ campaign, tries }: TesterView, deviceId: string): WalkStep[] {
  return campaign.lightings.flatMap((lighting) =>
    inOrder(campaign.positions).map((position) => ({
      lighting,
      position,
      modality: modalityOf(position),
      tries: tries.filter(
        (one) => one.deviceId === deviceId && one.lighting === lighting && one.position === position,
      ),
    })),
  );
}
