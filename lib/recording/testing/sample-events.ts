import { newIdAt, timeOfId } from "#lib/ids.ts";
import type { LoginClosed, LoginOpened, VerificationMade } from "../types.ts";

const SAMPLE_APPLICATION = "0190a000-0000-7000-8000-000000000001";

/** A login opened at the given time; the id carries that time, as a gateway makes it. */
export function sampleLogin(at: Date, fields: Partial<LoginOpened> = {}): LoginOpened {
  const id = newIdAt(at);
  return {
    id,
    openedAt: timeOfId(id),
    applicationId: SAMPLE_APPLICATION,
    personId: null,
    bucket: 42,
    path: "biometric",
    reason: "exposed",
    exposurePercent: 100,
    purpose: "login",
    channel: "app",
    deviceClass: "phone_android",
    deviceOs: "Android 16",
    appVersion: "1.0.0",
    attemptsAllowed: 3,
    attemptsUsed: 0,
    ...fields,
  };
}

/** A try within a login; a match unless told otherwise. */
export function sampleVerification(
  login: LoginOpened,
  at: Date,
  fields: Partial<VerificationMade> = {},
): VerificationMade {
  return {
    id: newIdAt(at),
    openedAt: login.openedAt,
    loginId: login.id,
    at,
    source: "gateway",
    actorId: login.applicationId,
    personId: login.personId,
    attempt: 1,
    modality: "face",
    outcome: "matched",
    reason: "matched",
    decision: "approved",
    feedbackCode: "welcome",
    catalogueVersion: 1,
    channel: login.channel,
    deviceClass: login.deviceClass,
    purpose: login.purpose,
    exposurePercent: login.exposurePercent,
    policyVersion: 1,
    apiOperation: "verify",
    apiStatus: 200,
    apiMessage: null,
    apiTries: 1,
    apiLatencyMs: 120,
    faceMatched: true,
    fingersSent: [],
    fingersNotMatched: [],
    fingersListed: [],
    gateway: "sample-gateway",
    pauseAfterFailures: 5,
    pauseMinutes: 15,
    ...(login.subject ? { subject: login.subject } : {}),
    ...fields,
  };
}

export function sampleClosing(login: LoginOpened, at: Date, fields: Partial<LoginClosed> = {}): LoginClosed {
  return {
    loginId: login.id,
    openedAt: login.openedAt,
    at,
    applicationId: login.applicationId,
    personId: login.personId,
    path: login.path,
    pathReason: login.reason,
    outcome: "completed_biometric",
    fallbackReason: "none",
    lockedOut: false,
    attempts: 1,
    purpose: login.purpose,
    channel: login.channel,
    deviceClass: login.deviceClass,
    exposurePercent: login.exposurePercent,
    ...(login.subject ? { subject: login.subject } : {}),
    ...fields,
  };
}
