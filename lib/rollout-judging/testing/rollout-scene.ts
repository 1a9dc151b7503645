import { eq } from "drizzle-orm";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { gateways, rolloutIntents } from "#db/schema/control.ts";
import { loginOutcomes, loginReports, loginStates, logins, verifications } from "#db/schema/logins.ts";
import { people } from "#db/schema/people.ts";
import { falseAccepts, flagSightings } from "#db/schema/rollouts.ts";
import { latencyRollups, loginRollups, verificationRollups } from "#db/schema/rollups.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { newId } from "#lib/ids.ts";
import type { LoginOutcome } from "#lib/logins/schema.ts";
import { recordStatement } from "#lib/recording/record-statement.ts";
import { sampleClosing, sampleLogin, sampleVerification } from "#lib/recording/testing/sample-events.ts";
import type { EventBatch, LoginOpened } from "#lib/recording/types.ts";
import { changeRollout } from "#lib/rollout/change-rollout.ts";
import { createRollout } from "#lib/rollout/create-rollout.ts";
import { findOpenRollout, findStanding } from "#lib/rollout/queries.ts";
import type { RolloutPlan } from "#lib/rollout/schema.ts";
import type { Wish } from "#lib/rollout/types.ts";
import { createFakeAdmin, type FakeAdmin } from "#lib/unleash/fake-admin.ts";
import { type JudgeDesk, judgeRollout } from "../judge-rollout.ts";

const HOUR_MS = 3_600_000;
/** Three days ago at a full hour: history always has partitions for it. */
const BEGAN = new Date(Math.floor(Date.now() / HOUR_MS - 72) * HOUR_MS);
const manager = { id: newId(), role: "product_manager" as const };

/** One login of somebody, minutes after the scene began; how it ended, and after how many seconds: null for no end. */
export type Played = Partial<Omit<LoginOpened, "personId">> & {
  personId: string;
  minute: number;
  outcome?: LoginOutcome | null;
  afterSeconds?: number;
  lockedOut?: boolean;
  /** The last try's decision; null for no try. */
  tried?: "approved" | "retry_capture" | "use_legacy" | null;
  apiError?: boolean;
};

export type Scene = {
  tx: DatabaseOrTransaction;
  admin: FakeAdmin;
  desk: JudgeDesk;
  minute(minutes: number): Date;
  /** Moves the clock to so many minutes after the scene began. */
  go(minutes: number): void;
  people(count: number): Promise<string[]>;
  play(logins: readonly Played[]): Promise<void>;
  act(wish: Wish): ReturnType<typeof changeRollout>;
  judge(): ReturnType<typeof judgeRollout>;
  stageId(): Promise<string>;
};

/** A rollout by this plan that stands at its first stage, in a database where nothing else happened. */
export const rolloutScene = (plan: RolloutPlan, play: (scene: Scene) => Promise<void>): Promise<void> =>
  inRolledBackTransaction(async (tx) => {
    await empty(tx);
    await tx.insert(rolloutIntents).values({ flag: "biometric-login", exposurePercent: 0, changedAt: BEGAN });
    await createRollout(tx, { build: "2026.3.1", plan }, manager, BEGAN);
    let now = BEGAN;
    const admin = createFakeAdmin();
    const desk = {
      db: tx,
      admin,
      environment: "production",
      clock: () => now,
      timeZone: "America/Sao_Paulo",
    };
    const minute = (minutes: number) => new Date(BEGAN.getTime() + minutes * 60_000);
    const scene: Scene = {
      ...{ tx, admin, desk, minute },
      go(minutes) {
        now = minute(minutes);
      },
      people: (count) => makePeople(tx, count),
      async play(played) {
        await tx.execute(recordStatement(eventsOf(played, minute)));
      },
      async act(wish) {
        const seenVersion = (await findStanding(tx))?.intent.version ?? null;
        return changeRollout(desk, { wish, seenVersion, digest: null, reason: "Because" }, manager);
      },
      judge: () => judgeRollout(desk),
      stageId: async () => (await findOpenRollout(tx))?.stage?.id ?? "",
    };
    await scene.act({ kind: "start" });
    await play(scene);
  });

async function empty(tx: DatabaseOrTransaction): Promise<void> {
  for (const table of [
    ...[logins, loginOutcomes, loginStates, verifications, loginRollups, verificationRollups],
    ...[latencyRollups, loginReports, falseAccepts, flagSightings, gateways, rolloutIntents],
  ])
    await tx.delete(table);
}

async function makePeople(tx: DatabaseOrTransaction, count: number): Promise<string[]> {
  const rows = Array.from({ length: count }, () => {
    const id = newId();
    return { id, customId: id, customIdFolded: id, bucket: 42, createdAt: BEGAN, enrolledAt: BEGAN };
  });
  await tx
    .insert(people)
    .values(rows.map((row) => ({ ...row, status: "enrolled" as const, legalBasis: "consent" })));
  return rows.map(({ id }) => id);
}

/** As the recorder would keep them: opened, tried where there was a picture, and closed where they ended. */
function eventsOf(played: readonly Played[], minute: (minutes: number) => Date): EventBatch {
  const events = { opened: [], verifications: [], closed: [] } as Required<EventBatch>;
  for (const { minute: at, outcome = "completed_biometric", tried = null, ...one } of played) {
    const { afterSeconds = 4, lockedOut = false, apiError = false, ...fields } = one;
    const login = sampleLogin(minute(at), { exposurePercent: 50, ...fields });
    const later = new Date(login.openedAt.getTime() + afterSeconds * 1000);
    events.opened.push(login);
    const decision = tried ?? (outcome === "completed_biometric" ? "approved" : null);
    const matched = { outcome: "matched", decision } as const;
    const failed = { outcome: apiError ? "api_error" : "not_matched", decision } as const;
    if (decision !== null)
      events.verifications.push(
        sampleVerification(
          login,
          later,
          decision === "approved" ? { ...matched, decision } : { ...failed, decision },
        ),
      );
    if (outcome !== null) events.closed.push(sampleClosing(login, later, { outcome, lockedOut }));
  }
  return events;
}

/** Kept on the old way by the rollout alone. */
export const KEPT_APART = { path: "legacy", reason: "not_exposed", outcome: "completed_legacy" } as const;

/** An edit by hand, as the worker saw it. */
export const sightDrift = (tx: DatabaseOrTransaction, at: Date) => {
  const differences = [{ code: "switched_on", live: "on", wanted: "off", widens: true }];
  const row = { flag: "biometric-login", seenAt: at, readAt: at, differsSince: at };
  return tx.insert(flagSightings).values({ ...row, differences });
};

export const forgetPerson = (tx: DatabaseOrTransaction, personId: string) =>
  tx.delete(people).where(eq(people.id, personId));
