import type { CaptureReading } from "#lib/captures/types.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { newIdAt, timeOfId } from "#lib/ids.ts";
import type { EventBatch, LoginClosed, LoginOpened, VerificationMade } from "#lib/recording/types.ts";
import { type FoundLogin, findLogin, takeAttempt } from "./queries.ts";
import { isPaused } from "./rules.ts";
import type { AnswerReason, NotTriedReason } from "./schema.ts";
import type { LoginAnswer, LoginDesk, OpenLogin, TryMade } from "./types.ts";
import { verificationOf, verifyPerson } from "./verify-person.ts";

type Wanted = { loginId: string; applicationId: string };
/** A try and the language its answer is given in. */
type WantedTry = Wanted & { locale: Locale };

/**
 * Makes the next try of a login, on whichever gateway it arrives, and records it before the answer. `closed`: the login
 * has ended, or was never recorded. Never throws for anything that is away: the answer is then `use_legacy`, with why.
 */
export async function tryLogin(
  desk: LoginDesk,
  wanted: WantedTry,
  capture: CaptureReading,
): Promise<{ ok: true; answer: LoginAnswer } | { ok: false; code: "closed" }> {
  const now = desk.clock();
  const startedMs = performance.now();
  const remembered = recall(desk, wanted);
  if (remembered?.closed) return { ok: false, code: "closed" };
  if (desk.control.intent().halted) return sentToLegacy("halted", remembered);
  // A halt also travels by Unleash, so that it reaches open logins while the database cannot tell of it.
  if (desk.flags.isSwitchedOff()) return sentToLegacy("halted", remembered);
  if (desk.control.isSilent(now)) return sentToLegacy("control_silent", remembered);
  const taken = await takeTry(desk, wanted, remembered, now);
  if (taken === "closed") return { ok: false, code: "closed" };
  if (typeof taken === "string") return sentToLegacy(taken, remembered);
  return {
    ok: true,
    answer: await makeTry(desk, { ...taken, startedMs, locale: wanted.locale }, capture, null),
  };
}

/** The remembered login, if it is this application's. */
export function recall(
  desk: Pick<LoginDesk, "openLogins">,
  { loginId, applicationId }: Wanted,
): OpenLogin | null {
  const login = desk.openLogins.recall(loginId);
  return login?.opened.applicationId === applicationId ? login : null;
}

function sentToLegacy(reason: AnswerReason, login: OpenLogin | null): { ok: true; answer: LoginAnswer } {
  if (login !== null && login.opened.path === "biometric") login.fallbackReason ??= fallbackFor(reason);
  const feedbackCode = reason === "paused" ? "use_password_paused" : "use_password_this_time";
  const path = login?.opened.path ?? "biometric";
  return { ok: true, answer: { path, reason, decision: "use_legacy", attemptsLeft: 0, feedbackCode } };
}

function fallbackFor(reason: AnswerReason): OpenLogin["fallbackReason"] {
  if (reason === "halted" || reason === "blocked" || reason === "paused" || reason === "ledger_unavailable") {
    return reason;
  }
  return reason === "control_silent" ? "halted" : null;
}

type TakenTry = { login: OpenLogin; customId: string; attempt: number; failuresBefore: number | null };
type Refused = "closed" | AnswerReason;

async function takeTry(
  desk: LoginDesk,
  wanted: Wanted,
  remembered: OpenLogin | null,
  now: Date,
): Promise<TakenTry | Refused> {
  if (remembered?.pathEnded) return "attempts_used_up";
  const taken = await desk.ledger.ask((sql) => takeAttempt(sql, wanted, now));
  if (!taken.ok) return takeFromMemory(remembered) ?? "ledger_unavailable";
  const { login: stored, failuresBefore = null } = taken.value ?? {};
  if (stored?.customId != null) {
    const login = remembered ?? stored;
    login.attemptsUsed = Math.max(login.attemptsUsed, stored.attemptsUsed);
    return { login, customId: stored.customId, attempt: stored.attemptsUsed, failuresBefore };
  }
  const found = await desk.ledger.ask((sql) => findLogin(sql, wanted));
  if (found.ok && found.value !== null) return whyRefused(found.value, now);
  const isKnown = found.ok && !mayBeInJournal(desk, wanted.loginId, now);
  return takeFromMemory(remembered) ?? (isKnown ? "closed" : "ledger_unavailable");
}

/**
 * Whether a signed login that the database does not hold may still come: its opening can stand in the journal of the
 * gateway that opened it. One that is older than any login stays open has ended and was swept.
 */
export function mayBeInJournal({ control }: Pick<LoginDesk, "control">, loginId: string, now: Date): boolean {
  return now.getTime() - timeOfId(loginId).getTime() <= control.policy().values.openLoginMinutes * 60_000;
}

/** Takes a try without the database. Nothing is awaited, so two requests at once cannot both take the last. */
function takeFromMemory(login: OpenLogin | null): TakenTry | AnswerReason | null {
  if (login === null) return null;
  if (login.opened.path === "legacy") return login.opened.reason;
  if (login.customId === null) return null;
  if (login.pathEnded || login.attemptsUsed >= login.opened.attemptsAllowed) return "attempts_used_up";
  login.attemptsUsed += 1;
  return { login, customId: login.customId, attempt: login.attemptsUsed, failuresBefore: null };
}

function whyRefused({ login, candidate }: FoundLogin, now: Date): Refused {
  if (login.closed) return "closed";
  if (login.opened.path === "legacy") return login.opened.reason;
  const personReason = whyNotThisPerson(candidate, now);
  return personReason ?? "attempts_used_up";
}

function whyNotThisPerson(candidate: FoundLogin["candidate"], now: Date): NotTriedReason | null {
  if (candidate === null || candidate.status === "pending") return "not_enrolled";
  if (candidate.status === "blocked") return "blocked";
  return isPaused(candidate, now) ? "paused" : null;
}

/**
 * Makes a try that was taken, records it with what belongs to it, and says what the application is told. `startedMs` is
 * when the person began to wait.
 */
export async function makeTry(
  desk: LoginDesk,
  { login, customId, attempt, startedMs, ...facts }: TakenTry & { startedMs: number; locale: Locale },
  capture: CaptureReading,
  opening: LoginOpened | null,
): Promise<LoginAnswer> {
  const policy = desk.control.policy();
  const { attemptsAllowed } = login.opened;
  const request = { customId, capture, policy, attempt, attemptsAllowed, startedMs };
  const made = await verifyPerson(desk.api, request);
  const verification = eventOf(desk, login, made, facts);
  const closed = closingOf(login, verification, made);
  const batch: EventBatch = {
    ...(opening === null ? {} : { opened: [{ ...opening, attemptsUsed: attempt }] }),
    verifications: [verification],
    ...(closed === null ? {} : { closed: [closed] }),
  };
  const path = login.opened.path;
  if (!(await recordOrWarn(desk, batch))) {
    const reason = "ledger_unavailable";
    return { path, reason, decision: "use_legacy", attemptsLeft: 0, feedbackCode: "use_password_this_time" };
  }
  rememberTry(desk, login, made, attempt);
  const { reason, decision, feedbackCode, pathEnded } = made.judgement;
  const attemptsLeft = pathEnded ? 0 : Math.max(0, attemptsAllowed - attempt);
  return { path, reason, decision, attemptsLeft, feedbackCode };
}

function rememberTry(desk: LoginDesk, login: OpenLogin, made: TryMade, attempt: number): void {
  const { judgement } = made;
  login.attemptsUsed = Math.max(login.attemptsUsed, attempt);
  login.closed ||= isEnd(made);
  login.pathEnded ||= judgement.pathEnded;
  login.fallbackReason = judgement.fallbackReason;
  desk.openLogins.remember(login);
}

const isEnd = ({ judgement: { decision } }: TryMade): boolean =>
  decision === "approved" || decision === "rejected";

function eventOf(
  desk: LoginDesk,
  { opened }: OpenLogin,
  made: TryMade,
  { failuresBefore, locale }: { failuresBefore: number | null; locale: Locale },
): VerificationMade {
  const at = desk.clock();
  const place = {
    id: newIdAt(at),
    openedAt: opened.openedAt,
    loginId: opened.id,
    at,
    source: "gateway",
    actorId: opened.applicationId,
    personId: opened.personId,
    channel: opened.channel,
    deviceClass: opened.deviceClass,
    purpose: opened.purpose,
    exposurePercent: opened.exposurePercent,
    gateway: desk.gateway,
    failuresBefore,
    feedbackLocale: locale,
  } as const;
  const verification = verificationOf(place, { policy: desk.control.policy() }, made);
  // With the record itself, so that no crash and no other gateway gives back what ended here.
  const isOver = made.judgement.pathEnded && !isEnd(made);
  return isOver ? { ...verification, triesUsed: opened.attemptsAllowed } : verification;
}

function closingOf(login: OpenLogin, verification: VerificationMade, made: TryMade): LoginClosed | null {
  if (!isEnd(made)) return null;
  const { decision, fallbackReason } = made.judgement;
  const outcome = decision === "approved" ? "completed_biometric" : "rejected";
  const facts = { outcome, fallbackReason, lockedOut: false, attempts: verification.attempt } as const;
  return closingEvent(login, verification.at, facts);
}

/** The event of a login's end. */
export function closingEvent(
  { opened }: Pick<OpenLogin, "opened">,
  at: Date,
  facts: Pick<LoginClosed, "outcome" | "fallbackReason" | "lockedOut" | "attempts">,
): LoginClosed {
  return {
    loginId: opened.id,
    openedAt: opened.openedAt,
    at,
    applicationId: opened.applicationId,
    personId: opened.personId,
    path: opened.path,
    pathReason: opened.reason,
    purpose: opened.purpose,
    channel: opened.channel,
    deviceClass: opened.deviceClass,
    exposurePercent: opened.exposurePercent,
    ...facts,
    ...(opened.subject === undefined ? {} : { subject: opened.subject }),
  };
}

/** Records a batch; false when it could be kept nowhere, so that nothing may be granted on it. */
export async function recordOrWarn(
  desk: Pick<LoginDesk, "recorder" | "log">,
  batch: EventBatch,
): Promise<boolean> {
  try {
    await desk.recorder.record(batch);
    return true;
  } catch (error) {
    desk.log.error({ err: error }, "A login could not be recorded; it is answered with the legacy way");
    return false;
  }
}
