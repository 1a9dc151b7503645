import type { CampaignInput, CampaignModality, Position } from "./schema.ts";
import { POSITIONS } from "./schema.ts";
import type { Campaign, TesterTrouble } from "./types.ts";

/** Every CustomID of a tester begins with it, and nobody else's may. */
export const TESTER_ID_PREFIX = "gatehouse-tester-";
/** More hold no link of one campaign, over all its time. */
export const TESTERS_AT_MOST = 500;
/** The page that a tester's link opens; the token stands behind "#", where it reaches no server and no log. */
export const TESTER_PAGE = "/tester";
/** A picture that was refused may be taken again so many times as often as conditions ask for tries. */
const TRIES_PER_WANTED = 3;
const ENROLMENT_TRIES = 5;

const OF_FINGERS: ReadonlySet<Position> = new Set(["flat", "tilted"]);

/** Whether a position is one of a face or of a finger. */
export const modalityOf = (position: Position): CampaignModality =>
  OF_FINGERS.has(position) ? "fingers" : "face";

/** The modalities that a campaign's positions ask for, the face first. */
export function modalitiesOf(positions: readonly Position[]): CampaignModality[] {
  return (["face", "fingers"] as const).filter((modality) =>
    positions.some((position) => modalityOf(position) === modality),
  );
}

/** Positions in the order of the matrix, whatever order they were chosen in. */
export const inOrder = (positions: readonly Position[]): Position[] =>
  POSITIONS.filter((position) => positions.includes(position));

/**
 * How many calls of the API one tester's link may cause at most, on one device: the enrolments, and every try with its
 * swapped one, as often as pictures may be taken again. A link that was passed on spends no more.
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
