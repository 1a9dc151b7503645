import { asc, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { rolloutIntents } from "#db/schema/control.ts";
import { rolloutChanges, rolloutStages, rollouts } from "#db/schema/rollouts.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { newId } from "#lib/ids.ts";
import { createFakeAdmin, type FakeAdmin } from "#lib/unleash/fake-admin.ts";
import { changeRollout, type RolloutDesk } from "./change-rollout.ts";
import { createRollout } from "./create-rollout.ts";
import { differenceOf, intendChange } from "./intend-change.ts";
import { findIntent, findStanding } from "./queries.ts";
import { resumeChanges } from "./resume-changes.ts";
import { samplePlan } from "./testing/sample-plan.ts";
import type { Wish } from "./types.ts";

const AT = new Date("2026-03-06T12:00:00.000Z");
const manager = { id: newId(), role: "product_manager" as const };

type Scene = { tx: DatabaseOrTransaction; admin: FakeAdmin; desk: RolloutDesk; pass(minutes: number): void };

/** A flag nobody is served by, and a plan of early adopters, 1, 25 and 100 percent. */
const scene = (play: (scene: Scene) => Promise<void>) =>
  inRolledBackTransaction(async (tx) => {
    let now = AT;
    await tx.delete(rolloutIntents);
    await tx.insert(rolloutIntents).values({ flag: "biometric-login", exposurePercent: 0, changedAt: AT });
    await createRollout(tx, { build: "2026.3.1", plan: samplePlan(0, 1, 25, 100) }, manager, AT);
    const admin = createFakeAdmin();
    const desk = { db: tx, admin, environment: "production", clock: () => now };
    const pass = (minutes: number) => {
      now = new Date(now.getTime() + minutes * 60_000);
    };
    await play({ tx, admin, desk, pass });
  });

async function wanted(tx: DatabaseOrTransaction, wish: Wish) {
  const standing = await findStanding(tx);
  if (standing === null) throw new Error("No intent");
  const found = differenceOf(standing, wish);
  const digest = typeof found === "string" ? null : found.digest;
  return { wish, seenVersion: standing.intent.version, digest, reason: "Because" };
}
const act = async ({ tx, desk }: Scene, wish: Wish) => changeRollout(desk, await wanted(tx, wish), manager);
const upTo = async (scene: Scene, place: number) => {
  await act(scene, { kind: "start" });
  for (let at = 0; at < place; at += 1) await act(scene, { kind: "advance" });
};
const stages = (tx: DatabaseOrTransaction) =>
  tx
    .select({ place: rolloutStages.place, endedAs: rolloutStages.endedAs })
    .from(rolloutStages)
    .orderBy(asc(rolloutStages.place));

test("a rollout goes from its start to the last stage and is finished, and the log holds each step", () =>
  scene(async (scene) => {
    const { tx, admin } = scene;
    await upTo(scene, 3);
    expect(admin.flag).toMatchObject({ isOn: true, percent: "100" });
    expect(await findIntent(tx)).toMatchObject({
      exposurePercent: 100,
      offersEarlyAdopters: true,
      halted: false,
    });
    expect(await act(scene, { kind: "finish" })).toMatchObject({ ok: true, state: "confirmed" });
    expect((await findStanding(tx))?.rollout).toBeNull();
    expect(await stages(tx)).toEqual([
      { place: 0, endedAs: "advanced" },
      { place: 1, endedAs: "advanced" },
      { place: 2, endedAs: "advanced" },
      { place: 3, endedAs: "completed" },
    ]);
    const actions = await tx
      .select({ action: auditEntries.action })
      .from(auditEntries)
      .where(eq(auditEntries.actorId, manager.id));
    const counts = (name: string) => actions.filter(({ action }) => action === name).length;
    expect(["rollout.start", "rollout.advance", "rollout.finish", "rollout.settle"].map(counts)).toEqual([
      1, 3, 1, 5,
    ]);
  }));

test("what widens is in the intent before Unleash hears of it, what narrows only after", () =>
  scene(async (scene) => {
    const { tx, admin } = scene;
    const seen: [string, number | undefined][] = [];
    const { patch } = admin;
    admin.patch = async (path, operations) => {
      seen.push([String(operations.at(-1)?.value), (await findIntent(tx))?.exposurePercent]);
      return patch(path, operations);
    };
    await upTo(scene, 2);
    await act(scene, { kind: "roll_back", to: 1 });
    expect(seen).toEqual([
      ["1", 1],
      ["25", 25],
      ["1", 25],
    ]);
    expect(await findIntent(tx)).toMatchObject({ exposurePercent: 1 });
  }));

test("an advance that Unleash surely refused is taken back; one stage goes on as it was", () =>
  scene(async (scene) => {
    const { tx, admin } = scene;
    await upTo(scene, 1);
    admin.fail = { code: "token_refused", hadEffect: false };
    expect(await act(scene, { kind: "advance" })).toEqual({ ok: false, code: "token_refused" });
    expect(await findIntent(tx)).toMatchObject({ exposurePercent: 1 });
    expect(await stages(tx)).toEqual([
      { place: 0, endedAs: "advanced" },
      { place: 1, endedAs: null },
    ]);
  }));

test.each([true, false])(
  "an advance without an answer is read back, and counts if Unleash took it: %s",
  (hadEffect) =>
    scene(async (scene) => {
      const { tx, admin, desk, pass } = scene;
      await upTo(scene, 1);
      admin.fail = { code: "timed_out", hadEffect };
      expect(await act(scene, { kind: "advance" })).toMatchObject({ ok: true, state: "unknown" });
      expect(await act(scene, { kind: "advance" })).toEqual({ ok: false, code: "being_changed" });
      admin.fail = null;
      expect(await resumeChanges(desk)).toBe(0);
      pass(1);
      expect(await resumeChanges(desk)).toBe(1);
      expect(await findIntent(tx)).toMatchObject({ exposurePercent: hadEffect ? 25 : 1 });
      expect((await findStanding(tx))?.rollout?.stage?.place).toBe(hadEffect ? 2 : 1);
    }),
);

test("with Unleash away a roll back holds at the gateways, and a halt too", () =>
  scene(async (scene) => {
    const { tx, admin, desk } = scene;
    await upTo(scene, 2);
    admin.isAway = true;
    expect(await act(scene, { kind: "roll_back", to: 0 })).toMatchObject({
      ok: true,
      trouble: "unreachable",
    });
    expect(await findIntent(tx)).toMatchObject({ exposurePercent: 0, offersEarlyAdopters: true });
    expect(await act(scene, { kind: "halt" })).toMatchObject({ ok: true, trouble: "unreachable" });
    expect(await findIntent(tx)).toMatchObject({ halted: true });
    admin.isAway = false;
    await resumeChanges(desk);
    expect(admin.flag.isOn).toBe(false);
  }));

test("a halt goes past a change that is under way, and what that one does afterwards exposes nobody", () =>
  scene(async (scene) => {
    const { tx, admin, desk } = scene;
    const { post } = admin;
    admin.post = async (path, body) => {
      admin.post = post;
      await changeRollout(
        desk,
        { wish: { kind: "halt" }, seenVersion: null, digest: null, reason: null },
        manager,
      );
      return post(path, body);
    };
    expect(await act(scene, { kind: "start" })).toMatchObject({ ok: true });
    expect(admin.writes).toEqual(["off", "on"]);
    expect(await findIntent(tx)).toMatchObject({ halted: true });
    await resumeChanges(desk);
    expect(admin.flag.isOn).toBe(false);
    expect(await act(scene, { kind: "release_halt" })).toMatchObject({ ok: true, state: "confirmed" });
    expect(admin.flag.isOn).toBe(true);
    expect(await findIntent(tx)).toMatchObject({ halted: false });
  }));

test("a maker cut off after the intent leaves a change that the worker ends", () =>
  scene(async (scene) => {
    const { tx, admin, desk, pass } = scene;
    await upTo(scene, 2);
    await intendChange(tx, await wanted(tx, { kind: "roll_back", to: null }), manager, AT);
    pass(1);
    expect(await resumeChanges(desk)).toBe(1);
    expect(admin.flag).toMatchObject({ isOn: false, percent: "0" });
    expect(await findIntent(tx)).toMatchObject({ exposurePercent: 0, offersEarlyAdopters: false });
    const [rollout] = await tx.select().from(rollouts);
    expect(rollout).toMatchObject({ state: "rolled_back" });
  }));

test("another version, another difference than approved, or an edit by hand: nothing is sent", () =>
  scene(async (scene) => {
    const { tx, admin, desk } = scene;
    await upTo(scene, 1);
    const approved = await wanted(tx, { kind: "advance" });
    admin.writes.length = 0;
    expect(await changeRollout(desk, { ...approved, seenVersion: 1 }, manager)).toEqual({
      ok: false,
      code: "stale_version",
    });
    expect(await changeRollout(desk, { ...approved, digest: "00" }, manager)).toEqual({
      ok: false,
      code: "stale_difference",
    });
    admin.flag.strategies = 3;
    expect(await changeRollout(desk, approved, manager)).toEqual({ ok: false, code: "not_as_seen" });
    expect(admin.writes).toEqual([]);
    expect(await findIntent(tx)).toMatchObject({ exposurePercent: 1 });
  }));

test("what cannot be audited is not done", () =>
  scene(async (scene) => {
    const { tx, admin, desk } = scene;
    const start = await wanted(tx, { kind: "start" });
    const failing = { ...manager, id: "no uuid" };
    await expect(changeRollout(desk, start, failing)).rejects.toThrow();
    expect(admin.writes).toEqual([]);
    expect(await tx.select().from(rolloutChanges)).toEqual([]);
  }));
