import canonicalize from "canonicalize";
import { desc, eq, isNotNull } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditEntries } from "#db/schema/audit.ts";
import { loginReports } from "#db/schema/logins.ts";
import { falseAccepts, rolloutChanges, rollouts, rolloutVerdicts } from "#db/schema/rollouts.ts";
import { newId } from "#lib/ids.ts";
import { findIntent, findStanding } from "#lib/rollout/queries.ts";
import { resumeChanges } from "#lib/rollout/resume-changes.ts";
import type { PlannedStage, RolloutPlan } from "#lib/rollout/schema.ts";
import { samplePlan, sampleStage } from "#lib/rollout/testing/sample-plan.ts";
import { findLatestVerdict, listVerdicts } from "./queries.ts";
import { replayVerdict } from "./rules.ts";
import { KEPT_APART, type Played, rolloutScene, type Scene, sightDrift } from "./testing/rollout-scene.ts";

/** Early adopters, half, everybody; what a few hundred people can prove within some hours. */
const planWith = (half: Partial<PlannedStage> = {}): RolloutPlan => ({
  ...samplePlan(0, 50, 100),
  limits: { ...samplePlan(0).limits, fallbackPercent: 20, apiErrorPercent: 5 },
  stages: [
    sampleStage(0),
    sampleStage(50, { minDwellHours: 4, margin: 3, harmOnly: ["lockout", "slow_login"], ...half }),
    sampleStage(100),
  ],
});

const STARTED = 100;
const PEOPLE = 400;
/** Ten slices of half an hour, after which all windows are closed. */
const SPREAD_MINUTES = 300;
const JUDGED = STARTED + 10 + SPREAD_MINUTES + 15;

type Half = {
  failsTreated: number;
  failsControl: number;
  more?: (one: Played, place: number) => Partial<Played>;
};

/** Half of everybody on each way, evenly over ten slices; of each way every so many-th does not complete. */
async function liveHalf(scene: Scene, { failsTreated, failsControl, more }: Half): Promise<void> {
  const ids = await scene.people(PEOPLE);
  const played = ids.map((personId, place): Played => {
    const minute = STARTED + 10 + (place * SPREAD_MINUTES) / PEOPLE;
    const nth = Math.floor(place / 2);
    const one: Played =
      place % 2 === 0
        ? { personId, minute, outcome: nth % failsTreated === 0 ? "abandoned" : "completed_biometric" }
        : {
            personId,
            minute,
            ...KEPT_APART,
            ...(nth % failsControl === 0 ? { outcome: "legacy_failed" } : {}),
          };
    return { ...one, ...more?.(one, place) };
  });
  await scene.play(played);
}

const atHalf = (plan: RolloutPlan, play: (scene: Scene) => Promise<void>) =>
  rolloutScene(plan, async (scene) => {
    scene.go(STARTED);
    await scene.act({ kind: "advance" });
    await play(scene);
  });

const placeOf = async ({ tx }: Scene) => (await findStanding(tx))?.rollout?.stage?.place ?? null;
const lastChange = async ({ tx }: Scene) =>
  (
    await tx.select().from(rolloutChanges).orderBy(desc(rolloutChanges.at), desc(rolloutChanges.id)).limit(1)
  )[0];

test("a small rollout that does no harm goes on by itself once it is proven, by the rule and under its verdict", () =>
  atHalf(planWith(), async (scene) => {
    await liveHalf(scene, { failsTreated: 10, failsControl: 10 });
    scene.go(STARTED + 120);
    expect((await scene.judge())?.verdict).toMatchObject({ decision: "hold", reason: "dwell" });
    expect(await placeOf(scene)).toBe(1);
    scene.go(JUDGED);
    const judged = await scene.judge();
    expect(judged?.verdict).toMatchObject({ decision: "advance", reason: "proven" });
    expect(judged?.act).toMatchObject({ ok: true, state: "confirmed" });
    expect(await placeOf(scene)).toBe(2);
    expect(scene.admin.flag).toMatchObject({ isOn: true, percent: "100" });
    const change = await lastChange(scene);
    expect(change).toMatchObject({ kind: "advance", by: null });
    const [verdict] = await scene.tx
      .select()
      .from(rolloutVerdicts)
      .where(eq(rolloutVerdicts.id, change?.verdictId ?? ""));
    expect(verdict).toMatchObject({ decision: "advance", ruleVersion: 1 });
  }));

test("where a person's word is needed the rule asks and does nothing", () =>
  atHalf(planWith({ advances: "asks" }), async (scene) => {
    await liveHalf(scene, { failsTreated: 10, failsControl: 10 });
    scene.go(JUDGED);
    expect(await scene.judge()).toMatchObject({ verdict: { decision: "ask", reason: "proven" }, act: null });
    expect(await placeOf(scene)).toBe(1);
  }));

test("harm rolls back to off and ends the rollout, and the log says that the rule did it", () =>
  atHalf(planWith(), async (scene) => {
    await liveHalf(scene, { failsTreated: 3, failsControl: 10 });
    scene.go(JUDGED);
    expect((await scene.judge())?.verdict).toMatchObject({
      decision: "roll_back",
      reason: "harm",
      metrics: ["not_completed"],
    });
    expect(await findIntent(scene.tx)).toMatchObject({ exposurePercent: 0, offersEarlyAdopters: false });
    expect(scene.admin.flag.isOn).toBe(false);
    const [rollout] = await scene.tx.select().from(rollouts);
    expect(rollout).toMatchObject({ state: "rolled_back" });
    const [entry] = await scene.tx
      .select()
      .from(auditEntries)
      .where(eq(auditEntries.action, "rollout.roll_back"));
    expect(entry).toMatchObject({ actorId: null, actorRole: "system" });
    expect(await scene.judge()).toBeNull();
  }));

test("with Unleash away harm rolls back at the gateways all the same", () =>
  atHalf(planWith(), async (scene) => {
    await liveHalf(scene, { failsTreated: 3, failsControl: 10 });
    scene.admin.isAway = true;
    scene.go(JUDGED);
    expect((await scene.judge())?.act).toMatchObject({ ok: true });
    expect(await findIntent(scene.tx)).toMatchObject({ exposurePercent: 0, offersEarlyAdopters: false });
  }));

test("an incident on both ways rolls nobody back", () =>
  atHalf(planWith(), async (scene) => {
    await liveHalf(scene, { failsTreated: 3, failsControl: 3 });
    scene.go(JUDGED);
    expect((await scene.judge())?.verdict.decision).not.toBe("roll_back");
  }));

test("an API that keeps failing breaks its limit and rolls back", () =>
  atHalf(planWith(), async (scene) => {
    await liveHalf(scene, {
      ...{ failsTreated: 10, failsControl: 10 },
      more: ({ path }, place) =>
        path === undefined && place % 8 === 0
          ? { outcome: "fell_back", tried: "use_legacy", apiError: true }
          : {},
    });
    scene.go(STARTED + 120);
    expect((await scene.judge())?.verdict).toMatchObject({ decision: "roll_back", reason: "limit_broken" });
  }));

const reports = {
  "of a member": async ({ tx, minute }: Scene) => {
    const row = { id: newId(), reportedBy: newId(), reportedAt: minute(STARTED + 5), loginId: null };
    await tx.insert(falseAccepts).values({ ...row, reason: "A twin got in." });
  },
  "of an application": async ({ tx, minute }: Scene) => {
    const row = { id: newId(), loginId: newId(), applicationId: newId(), note: null };
    await tx.insert(loginReports).values({ ...row, kind: "false_accept", at: minute(STARTED + 5) });
  },
};
test.each(Object.keys(reports) as (keyof typeof reports)[])(
  "a false accept %s rolls back at once, before any figure",
  (name) =>
    atHalf(planWith(), async (scene) => {
      await reports[name](scene);
      scene.go(STARTED + 6);
      expect((await scene.judge())?.verdict).toMatchObject({
        decision: "roll_back",
        reason: "security_event",
        pages: true,
      });
      expect(await findIntent(scene.tx)).toMatchObject({ exposurePercent: 0, offersEarlyAdopters: false });
    }),
);

test("a false accept from before the rollout, or another report, stops nothing", () =>
  atHalf(planWith(), async (scene) => {
    const row = { loginId: newId(), applicationId: newId(), note: null };
    await scene.tx.insert(loginReports).values([
      { ...row, id: newId(), kind: "false_accept", at: scene.minute(-1) },
      { ...row, id: newId(), kind: "other", at: scene.minute(STARTED) },
    ]);
    scene.go(STARTED + 6);
    expect((await scene.judge())?.verdict.decision).toBe("hold");
  }));

test("a false accept while another change is under way halts, which goes past it, and rolls back when it is over", () =>
  atHalf(planWith(), async (scene) => {
    scene.admin.fail = { code: "timed_out", hadEffect: true };
    expect(await scene.act({ kind: "advance" })).toMatchObject({ ok: true, state: "unknown" });
    await reports["of a member"](scene);
    scene.go(STARTED + 6);
    await scene.judge();
    expect(await findIntent(scene.tx)).toMatchObject({ halted: true });
    expect(await lastChange(scene)).toMatchObject({ kind: "halt", by: null, verdictId: expect.any(String) });
  }));

test("a person's hold, a halt and drift each keep what is proven from going on", async () => {
  const cases: [string, (scene: Scene) => Promise<unknown>][] = [
    ["held", (scene) => scene.act({ kind: "hold" })],
    ["held", (scene) => scene.act({ kind: "halt" })],
    ["drift", (scene) => sightDrift(scene.tx, scene.minute(JUDGED - 1))],
  ];
  for (const [reason, disturb] of cases)
    await atHalf(planWith(), async (scene) => {
      await liveHalf(scene, { failsTreated: 10, failsControl: 10 });
      scene.go(JUDGED);
      await disturb(scene);
      expect(await scene.judge()).toMatchObject({ verdict: { decision: "hold", reason }, act: null });
    });
});

test("drift that was seen before the last change is not the state's any more", () =>
  atHalf(planWith(), async (scene) => {
    await sightDrift(scene.tx, scene.minute(STARTED - 1));
    await liveHalf(scene, { failsTreated: 10, failsControl: 10 });
    scene.go(JUDGED);
    expect((await scene.judge())?.verdict).toMatchObject({ decision: "advance" });
  }));

test("too many ends on the legacy way that nobody reported hold, and none counts as good or bad", () =>
  atHalf(planWith(), async (scene) => {
    await liveHalf(scene, {
      ...{ failsTreated: 10, failsControl: 10 },
      more: ({ path, outcome }, place) =>
        path === "legacy" && outcome === "completed_legacy" && place % 10 === 1
          ? { outcome: "legacy_unreported" }
          : {},
    });
    scene.go(JUDGED);
    const verdict = (await scene.judge())?.verdict;
    expect(verdict).toMatchObject({ decision: "hold", reason: "legacy_unreported" });
    expect(verdict?.gates.map(({ state }) => state).slice(0, 3)).toEqual(["void", "void", "void"]);
    expect(verdict?.gates[0]?.control?.of).toBeLessThan(PEOPLE / 2);
  }));

test("one class of device that always fails holds, also where all together fail no more often than before", () =>
  atHalf(planWith(), async (scene) => {
    await liveHalf(scene, {
      ...{ failsTreated: 1000, failsControl: 1000 },
      more: (_, place) => {
        if (place % 20 === 11) return { outcome: "legacy_failed" };
        if (place % 20 > 1) return {};
        return { deviceClass: "kiosk", outcome: place % 20 === 0 ? "abandoned" : "completed_legacy" };
      },
    });
    scene.go(JUDGED);
    expect((await scene.judge())?.verdict).toMatchObject({
      decision: "hold",
      reason: "slice",
      slices: ["kiosk"],
    });
  }));

test("what was judged replays to the byte from what was kept", () =>
  atHalf(planWith(), async (scene) => {
    await liveHalf(scene, { failsTreated: 9, failsControl: 11 });
    const stageId = await scene.stageId();
    for (const minute of [STARTED + 60, STARTED + 200, JUDGED]) {
      scene.go(minute);
      await scene.judge();
      const kept = await findLatestVerdict(scene.tx, stageId);
      if (kept === null) throw new Error("No verdict was kept");
      expect(kept.at).toEqual(scene.minute(minute));
      expect(canonicalize(replayVerdict(kept))).toBe(canonicalize(kept.verdict));
    }
  }));

test("the first verdict of each state is kept and one for each slice; between them the newest moves on", () =>
  atHalf(planWith({ minDwellHours: 48 }), async (scene) => {
    const stageId = await scene.stageId();
    for (let minute = STARTED + 1; minute <= STARTED + 36; minute += 5) {
      scene.go(minute);
      await scene.judge();
    }
    const kept = await listVerdicts(scene.tx, stageId, 100);
    const minutes = kept.map(({ at }) => (at.getTime() - scene.minute(STARTED).getTime()) / 60_000);
    expect(minutes).toEqual([1, 11, 21, 31, 36]);
    expect(kept.every(({ reason }) => reason === "dwell")).toBe(true);
    expect(kept[0]?.gates.map(({ metric }) => metric)).toContain("not_completed");
  }));

test("an advance that Unleash left open is not made again: the next turns wait until it is settled", () =>
  atHalf(planWith(), async (scene) => {
    await liveHalf(scene, { failsTreated: 10, failsControl: 10 });
    scene.go(JUDGED);
    scene.admin.fail = { code: "timed_out", hadEffect: true };
    expect((await scene.judge())?.act).toMatchObject({ ok: true, state: "unknown" });
    expect((await scene.judge())?.act).toEqual({ ok: false, code: "being_changed" });
    scene.admin.fail = null;
    scene.go(JUDGED + 1);
    await resumeChanges(scene.desk);
    expect(await placeOf(scene)).toBe(2);
    expect(await scene.tx.$count(rolloutChanges, isNotNull(rolloutChanges.verdictId))).toBe(1);
  }));
