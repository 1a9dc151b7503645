import { newId, newIdAt, timeOfId } from "#lib/ids.ts";
import type { LoginClosed, LoginOpened, VerificationMade } from "#lib/recording/types.ts";

/** A login as it is recorded: opened, tried once, ended. */
export type WholeLogin = { opened: LoginOpened; verification: VerificationMade; closed: LoginClosed };

/** What logins are made of here: three applications, each with its channels and devices; how they end, most of them well. */
const SOURCES = Array.from({ length: 3 }, () => newId()).flatMap((applicationId, n) =>
  (["phone_android", "phone_ios", "desktop_windows", "tablet_ios"] as const).map((deviceClass) => ({
    applicationId,
    channel: n === 0 ? "web" : "app",
    deviceClass,
  })),
);
const ENDS = [
  ...Array.from({ length: 17 }, () => ({ reason: "matched", outcome: "matched" }) as const),
  { reason: "different_person", outcome: "not_matched" } as const,
  { reason: "too_dark", outcome: "capture_refused" } as const,
  { reason: "api_timed_out", outcome: "api_error" } as const,
];

type Made = { n: number; id: string; now: Date; openedAt: Date; personId: string | null };

const shareOf = ({ n, personId }: Made) => {
  const { applicationId, ...source } = SOURCES[(n * 7) % SOURCES.length] ?? {
    ...{ applicationId: newId(), channel: "web", deviceClass: "other" as const },
  };
  const end = ENDS[(n * 13) % ENDS.length] ?? ({ reason: "matched", outcome: "matched" } as const);
  return {
    applicationId,
    end,
    shared: { ...source, personId, exposurePercent: 25, purpose: "login" } as const,
  };
};

function openedOf(made: Made): LoginOpened {
  const { applicationId, shared } = shareOf(made);
  const { n, id, openedAt } = made;
  return {
    ...{ ...shared, id, openedAt, applicationId, path: "biometric", reason: "exposed", bucket: n % 25 },
    ...{ deviceOs: null, appVersion: null, attemptsAllowed: 3, attemptsUsed: 0 },
  };
}

function verificationOf(made: Made): VerificationMade {
  const { applicationId, shared, end } = shareOf(made);
  const { n, id, now, openedAt } = made;
  const isMatch = end.outcome === "matched";
  return {
    ...{ ...shared, ...end, id: newIdAt(now), openedAt, loginId: id, at: now, source: "gateway" },
    ...{
      actorId: applicationId,
      attempt: 1,
      modality: "face",
      decision: isMatch ? "approved" : "use_legacy",
    },
    ...{
      feedbackCode: "welcome",
      catalogueVersion: 1,
      policyVersion: 1,
      apiOperation: "verify",
      apiMessage: null,
    },
    ...{
      apiStatus: end.outcome === "api_error" ? null : 200,
      apiTries: 1,
      apiLatencyMs: 100 + ((n * 31) % 900),
    },
    ...{ faceMatched: isMatch, fingersSent: [], fingersNotMatched: [], fingersListed: [], gateway: "bench" },
    ...{ pauseAfterFailures: 5, pauseMinutes: 15 },
  };
}

function closedOf(made: Made): LoginClosed {
  const { applicationId, shared, end } = shareOf(made);
  const isMatch = end.outcome === "matched";
  return {
    ...{
      ...shared,
      loginId: made.id,
      openedAt: made.openedAt,
      at: made.now,
      applicationId,
      path: "biometric",
    },
    ...{ attempts: 1, pathReason: "exposed", lockedOut: false },
    outcome: isMatch ? "completed_biometric" : "legacy_unreported",
    fallbackReason: isMatch ? "none" : "capture_quality",
  };
}

/** The n-th login of somebody among these people, now. The same n makes the same kind of login. */
export function makeLogin(n: number, personIds: readonly string[]): WholeLogin {
  const now = new Date();
  const id = newIdAt(now);
  const made = {
    n,
    id,
    now,
    openedAt: timeOfId(id),
    personId: personIds[(n * 7919) % personIds.length] ?? null,
  };
  return { opened: openedOf(made), verification: verificationOf(made), closed: closedOf(made) };
}
