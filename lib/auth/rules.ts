import { asksProof, grantOf, type Permission } from "./policy.ts";
import type {
  AccountState,
  PermittedViewer,
  ProofFacts,
  SecondFactorMode,
  SessionEnd,
  SessionLeft,
  StepUp,
  Viewer,
} from "./types.ts";

const IDLE_MINUTES = 30;
export const ABSOLUTE_HOURS = 12;
/** A session's last use is written at most this often. */
const TOUCH_SECONDS = 60;
/** Failures older than this no longer count. */
export const FAILURE_WINDOW_MINUTES = 60;

const MINUTE_MS = 60_000;

export type SessionFacts = {
  createdAt: Date;
  seenAt: Date;
  endedAt: Date | null;
  memberDisabledAt: Date | null;
};

/** Why the session no longer holds at `now`; null while it does. */
export function endOfSession(session: SessionFacts, now: Date): SessionEnd | null {
  if (session.endedAt) return "ended";
  if (session.memberDisabledAt) return "disabled";
  if (now.getTime() - session.createdAt.getTime() >= ABSOLUTE_HOURS * 60 * MINUTE_MS) return "absolute";
  if (now.getTime() - session.seenAt.getTime() >= IDLE_MINUTES * MINUTE_MS) return "idle";
  return null;
}

/** How long the session still holds at `now`: without use, and at all. Never less than nothing. */
export function sessionLeft({ createdAt, seenAt }: SessionFacts, now: Date): SessionLeft {
  const left = (from: Date, minutes: number) =>
    Math.max(0, from.getTime() + minutes * MINUTE_MS - now.getTime());
  return { idleMs: left(seenAt, IDLE_MINUTES), absoluteMs: left(createdAt, ABSOLUTE_HOURS * 60) };
}

const WARN_IDLE_MS = 2 * MINUTE_MS;
const WARN_ABSOLUTE_MS = 5 * MINUTE_MS;

/** What a page says of the end of its session: nothing yet, that use would keep it, or that nothing can. */
export function sessionWarning({ idleMs, absoluteMs }: SessionLeft): "absolute" | "idle" | null {
  if (absoluteMs <= WARN_ABSOLUTE_MS) return "absolute";
  return idleMs <= WARN_IDLE_MS ? "idle" : null;
}

/** When there may be something to say: until then nobody needs to ask. */
export const quietMs = ({ idleMs, absoluteMs }: SessionLeft): number =>
  Math.max(0, Math.min(idleMs - WARN_IDLE_MS, absoluteMs - WARN_ABSOLUTE_MS));

/** Whether this use of the session is worth writing down. */
export const isTouchDue = (session: SessionFacts, now: Date): boolean =>
  now.getTime() - session.seenAt.getTime() >= TOUCH_SECONDS * 1000;

/** A proof older than this no longer opens a dangerous act. ASVS 5.0, 7.5.3. */
export const PROOF_MINUTES = 5;

/** Whether a proof of then still counts. */
export const isProofFresh = ({ provedAt }: ProofFacts, now: Date): boolean =>
  now.getTime() - provedAt.getTime() < PROOF_MINUTES * MINUTE_MS;

/** Whether the session was opened, or last proved, with more than a password. */
const isStrong = ({ provedWith }: ProofFacts): boolean => provedWith !== "password";

/** What a dangerous act asks of the member first; null where their last proof is fresh and strong enough. */
export function stepUpFor(facts: ProofFacts, mode: SecondFactorMode, now: Date): StepUp | null {
  const passwordSuffices = mode === "off" && !facts.hasCodeApp;
  if (isProofFresh(facts, now) && (isStrong(facts) || passwordSuffices)) return null;
  if (facts.hasCodeApp) return "code";
  if (facts.hasIdentity) return "single_sign_on";
  return passwordSuffices ? "password" : "set_up";
}

/** Whether the member has to set up a second factor before anything else. */
export const lacksSecondFactor = (facts: ProofFacts, mode: SecondFactorMode): boolean =>
  mode === "required" && !facts.hasCodeApp && !isStrong(facts);

export type Admission =
  | { ok: true; viewer: PermittedViewer }
  | { ok: false; because: "role" }
  | { ok: false; because: "proof"; stepUp: StepUp };

/**
 * Whether a viewer may do this now: their role by the policy, then a second factor where nothing goes without one, then
 * a fresh proof for an act that asks for it.
 */
export function admit(viewer: Viewer, permission: Permission, mode: SecondFactorMode, now: Date): Admission {
  const grant = grantOf(viewer.role, permission);
  if (grant === null) return { ok: false, because: "role" };
  const goesWithout = permission.startsWith("account.") || permission === "session.end";
  if (!goesWithout && lacksSecondFactor(viewer.proof, mode)) {
    return { ok: false, because: "proof", stepUp: "set_up" };
  }
  const stepUp = asksProof(viewer.role, permission) ? stepUpFor(viewer.proof, mode, now) : null;
  return stepUp === null
    ? { ok: true, viewer: { ...viewer, grant } }
    : { ok: false, because: "proof", stepUp };
}

/** Fewer recovery codes than this are soon none. */
const FEW_CODES = 3;

/** What most needs to be said of an account. */
export function accountState(facts: ProofFacts, mode: SecondFactorMode, codesLeft: number): AccountState {
  if (facts.hasCodeApp) return codesLeft < FEW_CODES ? "few_codes" : "code_app";
  if (lacksSecondFactor(facts, mode)) return "must_set_up";
  return facts.hasPassword ? "password_only" : "single_sign_on";
}

/** Whether this member may be the second person of an act: not who began it, nor who assessed it. */
export const isSecondPerson = (memberId: string, earlier: readonly (string | null)[]): boolean =>
  !earlier.includes(memberId);

/**
 * Whom failed sign-ins are counted against. A browser that has signed in to the account before is counted by itself,
 * so that strangers trying the account from elsewhere cannot keep its owner out.
 */
export type FailureKind = "known_browser" | "account" | "client" | "code";

const LIMITS: Record<FailureKind, { freeTries: number; longestWaitSeconds: number }> = {
  known_browser: { freeTries: 5, longestWaitSeconds: 15 * 60 },
  account: { freeTries: 5, longestWaitSeconds: 60 },
  client: { freeTries: 20, longestWaitSeconds: 15 * 60 },
  // Six digits are few, and whoever tries them has the password already.
  code: { freeTries: 5, longestWaitSeconds: 15 * 60 },
};

/** Seconds to wait before another try: none for the first few, then doubling with each failure up to the longest. */
export function waitSeconds(
  kind: FailureKind,
  failures: { count: number; lastAt: Date | null },
  now: Date,
): number {
  const { freeTries, longestWaitSeconds } = LIMITS[kind];
  const beyond = failures.count - freeTries;
  if (beyond < 0 || failures.lastAt === null) return 0;
  const wait = Math.min(longestWaitSeconds, 2 ** Math.min(beyond + 1, 20));
  const passed = Math.floor((now.getTime() - failures.lastAt.getTime()) / 1000);
  return Math.max(0, wait - passed);
}
