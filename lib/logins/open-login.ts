import type { FeedbackCode } from "#lib/feedback/schema.ts";
import { newIdAt, timeOfId } from "#lib/ids.ts";
import type { LoginOpened } from "#lib/recording/types.ts";
import { EARLY_ADOPTERS } from "#lib/rollout/schema.ts";
import { bucketOf, isWithin } from "#lib/unleash/bucket.ts";
import { findCandidates } from "./queries.ts";
import { choosePath } from "./rules.ts";
import type { PathReason } from "./schema.ts";
import { makeTry, recordOrWarn } from "./try-login.ts";
import type {
  Applicant,
  Asked,
  Candidate,
  LoginAnswer,
  LoginDesk,
  LoginRequest,
  OpenLogin,
} from "./types.ts";

/** What the database says of the person of this CustomID, asked together with others who come at the same time. */
export const findApplicant = (
  { ledger }: Pick<LoginDesk, "ledger">,
  customId: string,
): Promise<Asked<Applicant | null>> => ledger.askTogether(findCandidates, customId);

/**
 * Opens a login, chooses its path and, when a capture came along, makes the first try at once; all of it is recorded
 * together before the answer. Never throws for anything that is away: the answer is then the legacy way, with why.
 */
export async function openLogin(
  desk: LoginDesk,
  request: LoginRequest,
): Promise<{ id: string } & LoginAnswer> {
  const startedMs = performance.now();
  const { opened, candidate } = await choose(desk, request);
  const { id, path, reason } = opened;
  const decided = request.capture === null ? null : ("use_legacy" as const);
  const legacy: LoginAnswer = {
    path: "legacy",
    reason,
    decision: decided,
    attemptsLeft: 0,
    feedbackCode: pathFeedback(reason),
  };
  if (path === "legacy" || candidate === null) {
    await recordOrWarn(desk, { opened: [opened] });
    desk.openLogins.remember(remembered(opened, null));
    return { id, ...legacy };
  }
  const login = remembered(opened, request.customId);
  if (request.capture !== null) {
    const { customId, locale } = request;
    const { failuresInARow: failuresBefore } = candidate;
    const taken = { login, customId, attempt: 1, startedMs, failuresBefore, locale };
    return { id, ...(await makeTry(desk, taken, request.capture, opened)) };
  }
  if (!(await recordOrWarn(desk, { opened: [opened] }))) {
    return { id, ...legacy, reason: "ledger_unavailable", feedbackCode: pathFeedback("ledger_unavailable") };
  }
  desk.openLogins.remember(login);
  const attemptsLeft = opened.attemptsAllowed;
  return { id, path, reason, decision: null, attemptsLeft, feedbackCode: "capture_now" };
}

type Choice = { opened: LoginOpened; candidate: Candidate | null };

async function choose(desk: LoginDesk, request: LoginRequest): Promise<Choice> {
  const { customId } = request;
  const asked = await request.applicant;
  const now = desk.clock();
  const loginKey = desk.loginKeyOf(customId);
  const intent = desk.control.intent();
  const candidate = asked.ok ? asked.value : null;
  const isInvited = candidate?.isEarlyAdopter === true && intent.offersEarlyAdopters;
  const { path, reason } = choosePath({
    halted: intent.halted,
    controlSilent: desk.control.isSilent(now),
    candidate: asked.ok ? asked.value : "unavailable",
    withinIntent: isInvited || isWithin(loginKey, intent.exposurePercent),
    flag: desk.flags.evaluate(loginKey, isInvited ? { cohort: EARLY_ADOPTERS } : {}).reason,
    circuitHeld: desk.control.isCircuitHeld(now),
    now,
  });
  const id = newIdAt(now);
  const opened: LoginOpened = {
    id,
    openedAt: timeOfId(id),
    applicationId: request.applicationId,
    personId: candidate?.personId ?? null,
    bucket: bucketOf(loginKey),
    path,
    reason,
    exposurePercent: intent.exposurePercent,
    purpose: request.purpose,
    channel: request.channel,
    deviceClass: request.device.class,
    deviceOs: request.device.os,
    appVersion: request.device.appVersion,
    attemptsAllowed: path === "biometric" ? desk.control.policy().values.attemptsBeforeFallback : 0,
    attemptsUsed: 0,
    ...(asked.ok ? {} : { subject: { customId } }),
  };
  return { opened, candidate };
}

const remembered = (opened: LoginOpened, customId: string | null): OpenLogin => ({
  opened,
  customId,
  attemptsUsed: 0,
  closed: false,
  pathEnded: false,
  fallbackReason: null,
});

/** What a person on the legacy path is told: why is the company's business, unless it passes by itself. */
export function pathFeedback(reason: PathReason): FeedbackCode {
  if (reason === "paused") return "use_password_paused";
  const lasting: readonly PathReason[] = [
    "not_exposed",
    "not_enrolled",
    "enrollment_pending",
    "blocked",
    "flag_off",
  ];
  return lasting.includes(reason) ? "use_password" : "use_password_this_time";
}
