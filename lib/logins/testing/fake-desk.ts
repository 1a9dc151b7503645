import type { Sql } from "postgres";
import { newId } from "#lib/ids.ts";
import type { ApiResult, Verdict } from "#lib/multibiometrics/types.ts";
import { DEFAULT_POLICY_VALUES } from "#lib/policies/schema.ts";
import { type EventBatch, RecordingError } from "#lib/recording/types.ts";
import type { FlagReason } from "#lib/unleash/types.ts";
import { findApplicant } from "../open-login.ts";
import type { LoginDesk, LoginRequest, OpenLogin } from "../types.ts";

export const APPLICATION = newId();
export const MATCH: ApiResult<Verdict> = {
  ok: true,
  value: { match: true, faceMatched: true, nonMatchedFingers: [], listedFingers: [] },
  call: { operation: "verify", status: 200, latencyMs: 5, tries: 1, message: null, answerSha256: null },
};
export const ENROLLED = {
  id: newId(),
  custom_id: "sample",
  status: "enrolled",
  bucket: 8,
  paused_until_ms: null,
  failures_in_a_row: 2,
};

export type FakeDesk = LoginDesk & {
  /** Everything that was recorded, in order. */
  batches: EventBatch[];
  set: {
    rows: unknown[] | "away";
    recorderFails: boolean;
    verdict: ApiResult<Verdict>;
    halted: boolean;
    flag: FlagReason;
    now: Date;
  };
};

/** A desk of a gateway whose database, recorder, API and rollout do what they are told. */
export function createFakeDesk(now: Date): FakeDesk {
  const set: FakeDesk["set"] = {
    rows: [ENROLLED],
    recorderFails: false,
    verdict: MATCH,
    halted: false,
    flag: "flag_on",
    now,
  };
  const batches: EventBatch[] = [];
  const remembered = new Map<string, OpenLogin>();
  const notAsked = () => Promise.reject(new Error("Not asked here"));
  const sql = (async () => set.rows) as unknown as Sql;
  return {
    batches,
    set,
    ledger: {
      ask: async (read) => (set.rows === "away" ? { ok: false } : { ok: true, value: await read(sql) }),
      async askTogether(read, of) {
        if (set.rows === "away") return { ok: false };
        const [value] = await read(sql, [of]);
        return value === undefined ? { ok: false } : { ok: true, value };
      },
    },
    control: {
      policy: () => ({ version: 1, values: DEFAULT_POLICY_VALUES }),
      intent: () => ({ exposurePercent: 100, offersEarlyAdopters: false, halted: set.halted }),
      isSilent: () => false,
      isCircuitHeld: () => false,
    },
    flags: {
      evaluate: () => ({ on: set.flag === "flag_on", reason: set.flag }),
      isSwitchedOff: () => set.flag === "flag_off",
    },
    api: {
      verify: async () => set.verdict,
      checkIcao: notAsked,
      checkLiveness: notAsked,
      detectFaces: notAsked,
    },
    recorder: {
      async record(batch) {
        if (set.recorderFails) throw new RecordingError("journal_unavailable", "The disk is full");
        batches.push(batch);
        return { durable: "database" };
      },
    },
    openLogins: {
      remember: (login) => void remembered.set(login.opened.id, login),
      recall: (id) => remembered.get(id) ?? null,
    },
    loginKeyOf: () => "key",
    gateway: "gw-test",
    clock: () => set.now,
    log: { warn: () => undefined, error: () => undefined },
  };
}

/** A login somebody wants to open, with a face or without. */
export const loginRequest = (desk: FakeDesk, withFace: boolean): LoginRequest => ({
  applicationId: APPLICATION,
  customId: "sample",
  purpose: "login",
  channel: "other",
  device: { class: "other", os: null, appVersion: null },
  capture: withFace ? FACE : null,
  locale: "pt-BR",
  applicant: findApplicant(desk, "sample"),
});

export const FACE = { ok: true, capture: { face: "/9j/", fingerNumbers: [] as never[] } } as const;
