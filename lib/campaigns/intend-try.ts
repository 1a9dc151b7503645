import type { DatabaseOrTransaction } from "#db/client.ts";
import { joinOrOpenTransaction } from "#db/join-or-open-transaction.ts";
import { campaignTries } from "#db/schema/campaigns.ts";
import type { ApiFailureCode } from "#lib/multibiometrics/types.ts";
import { admitTester } from "./examine-tester.ts";
import { findTry, listDevices, listHeldEnrolments, listTakenTries, type TesterRow } from "./queries.ts";
import { freePlace, modalityOf } from "./rules.ts";
import type { TesterTryInput } from "./schema.ts";
import { settleLostTries } from "./settle-try.ts";
import { touchCall } from "./touch-calls.ts";
import type { CampaignDevice, TesterRefused, TryEnd } from "./types.ts";

type Input = Omit<TesterTryInput, "picture"> & { origin: string };

/** `made`: what came of this very try before, when its answer was lost. */
export type IntendedTry =
  | { ok: true; made: TryEnd }
  | { ok: true; made: null; tester: TesterRow; devices: CampaignDevice[]; customId: string }
  | TesterRefused;

/**
 * Writes down a try, with what was measured in its picture, before its call is made, and counts the call. The same id
 * asked for again is the same try: its end is answered, or that it is still being made.
 */
export function intendTry(db: DatabaseOrTransaction, input: Input, at: Date): Promise<IntendedTry> {
  return joinOrOpenTransaction(db, async (tx): Promise<IntendedTry> => {
    const admitted = await admitTester(tx, input, at, { isLocked: true });
    if (!admitted.ok) return admitted;
    const { tester } = admitted;
    await settleLostTries(tx, at, tester.id);
    const before = await findTry(tx, input.tryId);
    if (before !== null) return repeated(before, tester);
    if (tester.consentedAt === null) return { ok: false, code: "no_consent" };
    const devices = await listDevices(tx, tester.campaignId);
    if (!isAskedFor(tester, devices, input)) return { ok: false, code: "not_asked" };
    const modality = modalityOf(input.position);
    const held = (await listHeldEnrolments(tx, tester.id)).find((one) => one.modality === modality);
    if (!held?.enrolledAt) return { ok: false, code: "not_enrolled" };
    const place = await findPlace(tx, tester, input);
    if (place === null) return { ok: false, code: "complete" };
    if (!(await touchCall(tx, tester, devices))) return { ok: false, code: "spent" };
    await tx.insert(campaignTries).values(rowOf(tester, input, place, at));
    return { ok: true, made: null, tester, devices, customId: held.customId };
  });
}

function repeated(before: NonNullable<Awaited<ReturnType<typeof findTry>>>, tester: TesterRow): IntendedTry {
  if (before.testerId !== tester.id) return { ok: false, code: "not_asked" };
  if (before.outcome === null) return { ok: false, code: "in_progress" };
  return { ok: true, made: { outcome: before.outcome, code: before.code as ApiFailureCode | null } };
}

const isAskedFor = ({ campaign }: TesterRow, devices: readonly CampaignDevice[], input: Input): boolean =>
  devices.some(({ id }) => id === input.deviceId) &&
  campaign.lightings.includes(input.lighting) &&
  campaign.positions.includes(input.position);

async function findPlace(tx: DatabaseOrTransaction, tester: TesterRow, input: Input): Promise<number | null> {
  const taken = (await listTakenTries(tx, tester.id)).filter(
    ({ deviceId, lighting, position }) =>
      deviceId === input.deviceId && lighting === input.lighting && position === input.position,
  );
  return freePlace(
    taken.map(({ place }) => place),
    tester.campaign.triesEach,
  );
}

function rowOf(
  tester: TesterRow,
  { tryId, deviceId, lighting, position, measured }: Input,
  place: number,
  at: Date,
) {
  const { from: pictureFrom, ...values } = measured;
  return {
    ...{ id: tryId, campaignId: tester.campaignId, testerId: tester.id },
    ...{ deviceId, lighting, position, place, askedAt: at, pictureFrom, ...values },
  };
}
