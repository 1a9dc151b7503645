import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { gateways, rolloutIntents } from "#db/schema/control.ts";
import { rolloutChanges } from "#db/schema/rollouts.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { newId } from "#lib/ids.ts";
import { createFakeAdmin } from "#lib/unleash/fake-admin.ts";
import { changePlan } from "./change-plan.ts";
import { changeRollout, type RolloutDesk } from "./change-rollout.ts";
import { createRollout } from "./create-rollout.ts";
import { drillHalt } from "./drill-halt.ts";
import { intendChange } from "./intend-change.ts";
import { findIntent, findOpenRollout } from "./queries.ts";
import { resumeChanges } from "./resume-changes.ts";
import { samplePlan } from "./testing/sample-plan.ts";

const AT = new Date("2026-03-06T12:00:00.000Z");
const manager = { id: newId(), role: "product_manager" as const };
const plain = { digest: null, reason: null };

/** A rollout at its first stage, the early adopters. */
const scene = (play: (tx: DatabaseOrTransaction, desk: RolloutDesk, isOn: () => boolean) => Promise<void>) =>
  inRolledBackTransaction(async (tx) => {
    let now = AT;
    await tx.delete(rolloutIntents);
    await tx.delete(gateways);
    await tx.insert(rolloutIntents).values({ flag: "biometric-login", exposurePercent: 0, changedAt: AT });
    await createRollout(tx, { build: "2026.3.1", plan: samplePlan(0, 1, 25, 100) }, manager, AT);
    const admin = createFakeAdmin();
    const clock = () => {
      now = new Date(now.getTime() + 60_000);
      return now;
    };
    const desk = { db: tx, admin, environment: "production", clock };
    await changeRollout(desk, { wish: { kind: "start" }, seenVersion: 1, ...plain }, manager);
    await play(tx, desk, () => admin.flag.isOn);
  });
const versionOf = async (tx: DatabaseOrTransaction) => (await findIntent(tx))?.version ?? 0;

test("a drill halts, notes which gateways confirmed and lets go again", () =>
  scene(async (tx, desk, isOn) => {
    const seenVersion = await versionOf(tx);
    const silent = { startedAt: AT, flagState: "connected", peopleCircuit: "closed", journalLines: 0 };
    // It took the halt before anybody asked: a gateway that is quick.
    await tx.insert(gateways).values({
      ...silent,
      ...{ name: "gw-a", seenAt: new Date("2026-03-06T13:00:00Z"), intentVersion: seenVersion + 1 },
      intentTakenAt: new Date(Date.now() + 60_000),
    });
    expect(await drillHalt(desk, { seenVersion, reason: "Before we go on" }, manager)).toMatchObject({
      ok: true,
      state: "confirmed",
    });
    expect(await findIntent(tx)).toMatchObject({ halted: false, version: seenVersion + 2 });
    expect(isOn()).toBe(true);
    const [drill] = await tx.select().from(rolloutChanges).where(eq(rolloutChanges.kind, "drill"));
    expect(drill).toMatchObject({ state: "confirmed", gatewaysRunning: 1, gatewaysConfirmed: 1 });
    expect(drill?.confirmedMs).toBeGreaterThan(0);
  }));

test("a drill that is cut off is ended by the worker", () =>
  scene(async (tx, desk, isOn) => {
    const wanted = { wish: { kind: "drill" } as const, seenVersion: await versionOf(tx), ...plain };
    await intendChange(tx, wanted, manager, desk.clock());
    expect(await findIntent(tx)).toMatchObject({ halted: true });
    await desk.admin.post("/projects/default/features/biometric-login/environments/production/off");
    expect(await resumeChanges(desk)).toBe(1);
    expect(await findIntent(tx)).toMatchObject({ halted: false });
    expect(isOn()).toBe(true);
  }));

test("whoever halts during a drill means it: the drill's end lets nobody in", () =>
  scene(async (tx, desk, isOn) => {
    const { post } = desk.admin;
    desk.admin.post = async (path, body) => {
      desk.admin.post = post;
      const wanted = { wish: { kind: "halt" } as const, seenVersion: null, ...plain };
      expect(await changeRollout(desk, wanted, manager)).toMatchObject({ ok: true });
      return post(path, body);
    };
    await drillHalt(desk, { seenVersion: await versionOf(tx), reason: null }, manager);
    expect(await findIntent(tx)).toMatchObject({ halted: true });
    expect(isOn()).toBe(false);
  }));

test("a plan changes what is to come, and not the exposure of what was begun", () =>
  scene(async (tx) => {
    const change = (plan: ReturnType<typeof samplePlan>, planVersion: number) =>
      changePlan(tx, { plan, planVersion, reason: "Slower" }, manager, AT);
    expect(await change(samplePlan(5, 25), 1)).toEqual({ ok: false, code: "lived_already" });
    expect(await change(samplePlan(0, 2, 10, 50), 1)).toEqual({ ok: true, version: 2 });
    expect(await change(samplePlan(0, 2), 1)).toEqual({ ok: false, code: "stale_version" });
    const stages = (await findOpenRollout(tx))?.plan.stages.map(({ exposurePercent }) => exposurePercent);
    expect(stages).toEqual([0, 2, 10, 50]);
  }));
