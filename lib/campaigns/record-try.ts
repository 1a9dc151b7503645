import { readCapture } from "#lib/captures/rules.ts";
import { findPictureLimit } from "#lib/integration-checks/queries.ts";
import type { Biometrics } from "#lib/multibiometrics/types.ts";
import { examineTester } from "./examine-tester.ts";
import { type IntendedTry, intendTry } from "./intend-try.ts";
import { countTries, listOthersEnrolled } from "./queries.ts";
import { biometricsOf, CALL_TIMEOUT_MS, endOfSwapped, endOfTry, modalityOf } from "./rules.ts";
import type { TesterTryInput } from "./schema.ts";
import { settleTry } from "./settle-try.ts";
import { touchCall } from "./touch-calls.ts";
import type { SwappedOutcome, TesterDesk, TesterStep, TryEnd } from "./types.ts";

const ONE_CALL = { tries: 1, totalTimeoutMs: CALL_TIMEOUT_MS } as const;

/**
 * One try: the picture is held against the tester's own enrolment, and where the campaign wants it and there is somebody,
 * against another tester's, who must not be recognised. Written down before its call, settled after, and made once
 * whatever is asked again. The picture is kept nowhere. Throws what PostgreSQL throws.
 */
export async function recordTry(
  desk: TesterDesk,
  { picture, ...input }: TesterTryInput,
): Promise<TesterStep<TryEnd>> {
  const { db, api, clock } = desk;
  const asks = { token: input.token, origin: api.origin };
  const sent = biometricsOf(modalityOf(input.position), picture);
  const read = readCapture(sent, await findPictureLimit(db, api.origin));
  if (!read.ok) return { ok: false, code: read.problem };
  const intended = await intendTry(db, { ...input, ...asks }, clock());
  if (!intended.ok) return intended;
  const end = intended.made ?? (await make(desk, intended, input, read.capture));
  const now = await examineTester(db, asks, clock());
  return now.ok ? { ok: true, end, view: now.view } : now;
}

type Intended = Extract<IntendedTry, { customId: string }>;

async function make(
  desk: TesterDesk,
  intended: Intended,
  { tryId, position }: Omit<TesterTryInput, "picture">,
  capture: Biometrics,
): Promise<TryEnd> {
  const { db, api, clock } = desk;
  const answer = await api.verify(intended.customId, capture, ONE_CALL);
  // Of a picture that could not be judged nothing is learnt by a second call.
  const swappedOutcome = answer.ok ? await swap(desk, intended, position, capture) : null;
  const end = endOfTry(answer);
  const tookMs = Math.round(answer.call.latencyMs);
  return (await settleTry(db, tryId, { ...end, swappedOutcome, tookMs }, clock()))
    ? end
    : { outcome: "failed", code: null };
}

/** The testers take turns: whom a picture is held against changes with each try. */
async function swap(
  { db, api }: TesterDesk,
  { tester, devices }: Intended,
  position: TesterTryInput["position"],
  capture: Biometrics,
): Promise<SwappedOutcome | null> {
  if (!tester.campaign.swapped) return null;
  const about = { campaignId: tester.campaignId, testerId: tester.id, modality: modalityOf(position) };
  const others = await listOthersEnrolled(db, about);
  const other = others[(await countTries(db, tester.id)) % others.length];
  if (other === undefined || !(await touchCall(db, tester, devices))) return null;
  return endOfSwapped(await api.verify(other, capture, ONE_CALL));
}
