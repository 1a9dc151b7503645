import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { rolloutIntents } from "#db/schema/control.ts";
import { rolloutChanges } from "#db/schema/rollouts.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { newId } from "#lib/ids.ts";
import { createFakeAdmin, type FakeAdmin } from "#lib/unleash/fake-admin.ts";
import { readLiveFlag } from "#lib/unleash/live-flag.ts";
import { adoptDrift } from "./adopt-drift.ts";
import { changeRollout, type RolloutDesk } from "./change-rollout.ts";
import { createRollout } from "./create-rollout.ts";
import { driftOf } from "./examine-drift.ts";
import { intendChange } from "./intend-change.ts";
import { findIntent, findStanding } from "./queries.ts";
import { resumeChanges } from "./resume-changes.ts";
import { revertDrift } from "./revert-drift.ts";
import { samplePlan } from "./testing/sample-plan.ts";

const AT = new Date("2026-03-06T12:00:00.000Z");
const manager = { id: newId(), role: "product_manager" as const };

type Scene = { tx: DatabaseOrTransaction; admin: FakeAdmin; desk: RolloutDesk; pass(minutes: number): void };

/** A rollout at 1 percent, its plan going on to 25 and 100. */
const scene = (play: (scene: Scene) => Promise<void>) =>
  inRolledBackTransaction(async (tx) => {
    let now = AT;
    await tx.delete(rolloutIntents);
    await tx.insert(rolloutIntents).values({ flag: "biometric-login", exposurePercent: 0, changedAt: AT });
    await createRollout(tx, { build: "2026.3.1", plan: samplePlan(0, 1, 25, 100) }, manager, AT);
    const admin = createFakeAdmin();
    const desk = { db: tx, admin, environment: "production", clock: () => now };
    for (const kind of ["start", "advance"] as const) {
      const wanted = { wish: { kind }, seenVersion: null, digest: null, reason: null };
      expect(await changeRollout(desk, wanted, manager)).toMatchObject({ state: "confirmed" });
    }
    admin.writes.length = 0;
    const pass = (minutes: number) => {
      now = new Date(now.getTime() + minutes * 60_000);
    };
    await play({ tx, admin, desk, pass });
  });

/** The drift as a screen would show it now. */
async function seen({ tx, admin }: Scene) {
  const [standing, live] = [await findStanding(tx), await readLiveFlag(admin, "production")];
  if (standing === null || !live.ok) throw new Error("Nothing to see");
  const { digest } = driftOf(standing, live.value);
  return { seenVersion: standing.intent.version, digest, reason: "Somebody's hand" };
}
const changesOf = (tx: DatabaseOrTransaction, kind: "adopt" | "revert") =>
  tx.select().from(rolloutChanges).where(eq(rolloutChanges.kind, kind));

test.each([
  ["raised", "25", { place: 2, exposurePercent: 25 }],
  ["lowered", "0", { place: 0, exposurePercent: 0 }],
])(
  "what was %s by hand to a stage of the plan becomes what is asked for, and nothing is sent",
  (_, percent, at) =>
    scene(async (scene) => {
      const { tx, admin, desk } = scene;
      admin.flag.percent = percent;
      expect(await adoptDrift(desk, await seen(scene), manager)).toMatchObject({
        ok: true,
        state: "confirmed",
      });
      expect(admin.writes).toEqual([]);
      const standing = await findStanding(tx);
      expect(standing?.intent).toMatchObject({ exposurePercent: at.exposurePercent });
      expect(standing?.rollout?.stage?.place).toBe(at.place);
      expect(await changesOf(tx, "adopt")).toMatchObject([{ state: "confirmed", reason: "Somebody's hand" }]);
      const [entry] = await tx.select().from(auditEntries).where(eq(auditEntries.action, "rollout.adopt"));
      expect(entry?.details).toMatchObject({ drift: [{ live: percent, wanted: "1" }] });
    }),
);

test("what was switched off by hand is a halt once it is adopted", () =>
  scene(async (scene) => {
    const { tx, admin, desk } = scene;
    admin.flag.isOn = false;
    expect(await adoptDrift(desk, await seen(scene), manager)).toMatchObject({ ok: true });
    expect(await findIntent(tx)).toMatchObject({ halted: true, exposurePercent: 1 });
  }));

test("what no stage has is not adopted, and can be reverted", () =>
  scene(async (scene) => {
    const { tx, admin, desk } = scene;
    admin.flag.percent = "60";
    expect(await adoptDrift(desk, await seen(scene), manager)).toEqual({ ok: false, code: "not_adoptable" });
    const { version } = (await findIntent(tx)) ?? {};
    expect(await revertDrift(desk, await seen(scene), manager)).toMatchObject({
      ok: true,
      state: "confirmed",
    });
    expect(admin.flag).toEqual({ isOn: true, percent: "1", strategies: 2 });
    expect(await findIntent(tx)).toMatchObject({ exposurePercent: 1, version });
    expect(await changesOf(tx, "revert")).toMatchObject([
      { state: "confirmed", difference: { drift: [{ code: "percent_higher", live: "60", wanted: "1" }] } },
    ]);
  }));

test("a strategy of somebody else goes while the flag is off", () =>
  scene(async (scene) => {
    const { admin, desk } = scene;
    admin.flag.strategies = 3;
    expect(await revertDrift(desk, await seen(scene), manager)).toMatchObject({
      ok: true,
      state: "confirmed",
    });
    expect(admin.writes).toEqual(["off", "remove", "on"]);
  }));

test("where either side has changed since, or nothing differs, nothing is done", () =>
  scene(async (scene) => {
    const { tx, admin, desk } = scene;
    expect(await revertDrift(desk, await seen(scene), manager)).toEqual({ ok: false, code: "no_drift" });
    admin.flag.percent = "25";
    const shown = await seen(scene);
    admin.flag.percent = "100";
    for (const end of [adoptDrift, revertDrift]) {
      expect(await end(desk, shown, manager)).toEqual({ ok: false, code: "stale_difference" });
      expect(await end(desk, { ...shown, seenVersion: 1 }, manager)).toEqual({
        ok: false,
        code: "stale_version",
      });
    }
    admin.isAway = true;
    expect(await revertDrift(desk, shown, manager)).toEqual({ ok: false, code: "unreachable" });
    expect(admin.writes).toEqual([]);
    expect(await changesOf(tx, "revert")).toEqual([]);
  }));

test("a revert that Unleash refuses leaves the drift, and says so", () =>
  scene(async (scene) => {
    const { tx, admin, desk } = scene;
    admin.flag.percent = "60";
    admin.fail = { code: "token_refused", hadEffect: false };
    expect(await revertDrift(desk, await seen(scene), manager)).toEqual({ ok: false, code: "token_refused" });
    expect(await changesOf(tx, "revert")).toMatchObject([{ state: "refused", trouble: "token_refused" }]);
    expect(await findIntent(tx)).toMatchObject({ exposurePercent: 1 });
  }));

test("a revert that was cut off is ended by the worker", () =>
  scene(async (scene) => {
    const { tx, admin, desk, pass } = scene;
    admin.flag.strategies = 3;
    const live = await readLiveFlag(admin, "production");
    if (!live.ok) throw new Error("Nothing to see");
    const wish = { kind: "revert", live: live.value } as const;
    await intendChange(tx, { wish, seenVersion: null, digest: null, reason: null }, manager, AT);
    pass(1);
    expect(await resumeChanges(desk)).toBe(1);
    expect(admin.flag).toEqual({ isOn: true, percent: "1", strategies: 2 });
    expect(await changesOf(tx, "revert")).toMatchObject([{ state: "confirmed" }]);
  }));
