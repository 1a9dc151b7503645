import { asc, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { gateways } from "#db/schema/control.ts";
import { earlyAdopters, rolloutSlices, rolloutStages, rolloutSubjects } from "#db/schema/rollouts.ts";
import { listLoginCells } from "#lib/fallback/queries.ts";
import { findOpenRollout } from "#lib/rollout/queries.ts";
import { armsOf } from "#lib/rollout/rules.ts";
import { samplePlan } from "#lib/rollout/testing/sample-plan.ts";
import { listLivedStages } from "./measure-stage.ts";
import { findArms, hasPipelineGap } from "./queries.ts";
import { NOBODY } from "./rules.ts";
import { forgetPerson, KEPT_APART, type Played, rolloutScene, type Scene } from "./testing/rollout-scene.ts";
import { touchFirstLogins } from "./touch-first-logins.ts";

/** A cool-down and outcome windows of ten minutes, slices of thirty. */
const PLAN = samplePlan(0, 50, 100);
const STARTED = 100;

/** At 50 percent from minute 100 on, so that minute 110 is the first that counts. */
const atHalf = (play: (scene: Scene) => Promise<void>) =>
  rolloutScene(PLAN, async (scene) => {
    scene.go(STARTED);
    await scene.act({ kind: "advance" });
    await play(scene);
  });

/** Judged at this minute, which counts what is due by then. */
async function countedAt(scene: Scene, minute: number) {
  scene.go(minute);
  await scene.judge();
  const { biometric, legacy } = await findArms(scene.tx, await scene.stageId());
  return { biometric, legacy };
}

test("each person is counted once, with their first login, on the way it went", () =>
  atHalf(async (scene) => {
    const [ana = "", bo = ""] = await scene.people(2);
    await scene.play([
      { personId: ana, minute: 120 },
      { personId: ana, minute: 130, outcome: "abandoned" },
      { personId: bo, minute: 121, ...KEPT_APART, outcome: "legacy_failed", lockedOut: true },
      { personId: bo, minute: 150, ...KEPT_APART },
    ]);
    const counted = {
      biometric: { ...NOBODY, people: 1, approved: 1 },
      legacy: { ...NOBODY, people: 1, notCompleted: 1, lockedOut: 1, onLegacy: 1, reported: 1 },
    };
    expect(await countedAt(scene, 135)).toEqual(counted);
    expect(await countedAt(scene, 200)).toEqual(counted);
  }));

const at = (minute: number, more: Partial<Played> = {}) => ({ minute, ...more });
test.each([
  ["before the cool-down is over", at(109)],
  ["whose window is still open", at(126)],
  ["with another exposure than the stage's", at(120, { exposurePercent: 100 })],
  ["under a halt", at(120, { path: "legacy", reason: "halted", outcome: "completed_legacy" })],
  [
    "while the circuit was held open",
    at(120, { path: "legacy", reason: "circuit_held", outcome: "completed_legacy" }),
  ],
  [
    "of a person who is not enrolled",
    at(120, { path: "legacy", reason: "not_enrolled", outcome: "completed_legacy" }),
  ],
  ["of a paused person", at(120, { path: "legacy", reason: "paused", outcome: "completed_legacy" })],
] as const)("a login %s is not counted", (_, login) =>
  atHalf(async (scene) => {
    const [ana = ""] = await scene.people(1);
    await scene.play([{ personId: ana, ...login }]);
    expect(await countedAt(scene, 135)).toEqual({ biometric: NOBODY, legacy: NOBODY });
  }),
);

test("early adopters are in neither arm of a percentage, and the biometric one before the first percent", () =>
  rolloutScene(PLAN, async (scene) => {
    const [ana = "", bo = ""] = await scene.people(2);
    const added = { addedBy: ana, addedAt: scene.minute(0) };
    await scene.tx.insert(earlyAdopters).values([
      { customId: ana, ...added },
      { customId: bo, ...added },
    ]);
    await scene.play([{ personId: ana, minute: 20, exposurePercent: 0 }]);
    expect(await countedAt(scene, 60)).toMatchObject({ biometric: { people: 1 }, legacy: { people: 0 } });
    scene.go(STARTED);
    await scene.act({ kind: "advance" });
    await scene.play([
      { personId: ana, minute: 120 },
      { personId: bo, minute: 120, ...KEPT_APART },
    ]);
    expect(await countedAt(scene, 135)).toEqual({ biometric: NOBODY, legacy: NOBODY });
  }));

test("a login counts as it stood when its window closed, whenever it is counted", () =>
  atHalf(async (scene) => {
    const ids = await scene.people(6);
    const [tried = "", sent = "", none = "", late = "", slow = "", apart = ""] = ids;
    await scene.play([
      { personId: tried, minute: 120, outcome: null, tried: "retry_capture" },
      { personId: sent, minute: 120, outcome: null, tried: "use_legacy" },
      { personId: none, minute: 120, outcome: null },
      { personId: late, minute: 120, afterSeconds: 601 },
      { personId: slow, minute: 120, afterSeconds: 11 },
      { personId: apart, minute: 120, ...KEPT_APART, outcome: null },
    ]);
    const counted = {
      biometric: { ...NOBODY, people: 5, approved: 1, slow: 1, notCompleted: 3, onLegacy: 1 },
      legacy: { ...NOBODY, people: 1, onLegacy: 1 },
    };
    expect(await countedAt(scene, 131)).toEqual({ biometric: NOBODY, legacy: NOBODY });
    expect(await countedAt(scene, 400)).toEqual(counted);
  }));

test("both ways agree with what the overview counts from the rollups", () =>
  atHalf(async (scene) => {
    const ends = [
      ...([
        "completed_biometric",
        "fell_back",
        "fell_back_failed",
        "legacy_unreported",
        "rejected",
        "abandoned",
      ] as const),
      ...(["completed_legacy", "legacy_failed", "legacy_unreported"] as const).map((outcome) => ({
        ...KEPT_APART,
        outcome,
      })),
    ];
    const ids = await scene.people(ends.length);
    await scene.play(
      ends.map((end, place) => ({
        ...{ personId: ids[place] ?? "", minute: 120 },
        ...(typeof end === "string" ? { outcome: end } : end),
      })),
    );
    const { biometric, legacy } = await countedAt(scene, 200);
    const steps = { unit: "hour", starts: [scene.minute(0)], now: scene.minute(200) } as const;
    const told = armsOf(await listLoginCells(scene.tx, steps, "all"), ends.length, "full");
    expect([biometric.people, biometric.notCompleted]).toEqual([
      told.biometric.logins,
      told.biometric.notCompleted?.count,
    ]);
    expect([legacy.people, legacy.notCompleted]).toEqual([
      told.legacy?.logins,
      told.legacy?.notCompleted?.count,
    ]);
    expect(biometric.people - biometric.onLegacy + biometric.reported).toBe(told.biometric.notCompleted?.of);
  }));

test("counting that was cut off and is repeated counts nothing twice and loses nothing", () =>
  atHalf(async (scene) => {
    const { tx } = scene;
    const ids = await scene.people(30);
    await scene.play(ids.map((personId, place) => ({ personId, minute: 111 + place * 2 })));
    const cutOff = tx.transaction(async (inner) => {
      await countedAt({ ...scene, tx: inner, judge: scene.judge }, 160);
      throw new Error("killed before the commit");
    });
    await expect(cutOff).rejects.toThrow("killed");
    for (const minute of [140, 141, 155, 200, 200]) await countedAt(scene, minute);
    expect((await countedAt(scene, 300)).biometric).toMatchObject({ people: 30, approved: 30 });
    expect(await tx.$count(rolloutSubjects)).toBe(30);
  }));

test("in small steps as many are counted as at once, also where more share a minute than a step holds", () =>
  atHalf(async (scene) => {
    const ids = await scene.people(30);
    await scene.play(
      ids.map((personId, place) => ({ personId, minute: 111 + (place < 20 ? 0.01 * place : place) })),
    );
    const [stage] = await listLivedStages(scene.tx, (await findOpenRollout(scene.tx))?.id ?? "").then((all) =>
      all.slice(-1),
    );
    if (stage === undefined) throw new Error("No stage");
    await touchFirstLogins(scene.tx, { stage, plan: PLAN, now: scene.minute(200), loginsAtOnce: 4 });
    const { biometric, countedTo } = await findArms(scene.tx, stage.id);
    expect(biometric).toMatchObject({ people: 30, approved: 30 });
    expect(countedTo).toEqual(scene.minute(189));
  }));

test("somebody seen on the other way later is told as double, and stays counted where they were first", () =>
  atHalf(async (scene) => {
    const [ana = "", bo = ""] = await scene.people(2);
    await scene.play([
      { personId: ana, minute: 120 },
      { personId: bo, minute: 120, ...KEPT_APART },
      { personId: bo, minute: 122 },
    ]);
    await countedAt(scene, 135);
    await scene.play([{ personId: ana, minute: 160, ...KEPT_APART }]);
    expect(await countedAt(scene, 200)).toMatchObject({ biometric: { people: 1 }, legacy: { people: 1 } });
    const rows = await scene.tx.select({ isDouble: rolloutSubjects.isDouble }).from(rolloutSubjects);
    expect(rows).toEqual([{ isDouble: true }, { isDouble: true }]);
  }));

test("minutes in which the flag was not followed are left out on both ways, and so is what a halt cut short", () =>
  atHalf(async (scene) => {
    const ids = await scene.people(6);
    const [kept = "", apart = "", stale = "", cut = "", soon = "", after = ""] = ids;
    await scene.play([
      { personId: stale, minute: 120.1, path: "legacy", reason: "flags_stale", outcome: "completed_legacy" },
      { personId: kept, minute: 120.5, ...KEPT_APART },
      { personId: apart, minute: 121.5, ...KEPT_APART },
      { personId: cut, minute: 155, outcome: "fell_back" },
    ]);
    scene.go(160);
    await scene.act({ kind: "halt" });
    scene.go(170);
    await scene.act({ kind: "release_halt" });
    await scene.play([
      { personId: soon, minute: 175 },
      { personId: after, minute: 185 },
    ]);
    expect(await countedAt(scene, 240)).toMatchObject({ biometric: { people: 1 }, legacy: { people: 1 } });
    const counted = await scene.tx.select({ id: rolloutSubjects.personId }).from(rolloutSubjects);
    expect(counted.map(({ id }) => id).sort()).toEqual([apart, after].sort());
  }));

test("while a gateway holds lines in its journal nothing is counted; what it brings then is", () =>
  atHalf(async (scene) => {
    const { tx, minute } = scene;
    const [ana = ""] = await scene.people(1);
    const gateway = { name: "gw-1", startedAt: minute(0), flagState: "connected", peopleCircuit: "closed" };
    await tx.insert(gateways).values({ ...gateway, seenAt: minute(150), journalLines: 3 });
    expect((await countedAt(scene, 150)).biometric.people).toBe(0);
    await scene.play([{ personId: ana, minute: 120 }]);
    await tx.update(gateways).set({ journalLines: 0 });
    expect((await countedAt(scene, 150)).biometric.people).toBe(1);
  }));

test.each([
  ["one that is heard and holds nothing", 0, 0, false],
  ["one that is heard and holds lines", 0, 3, true],
  ["one that has been silent for a minute", 1, 0, true],
  ["one that went away an hour ago, beside one that is heard", 60, 0, false],
  ["one that went away with lines an hour ago, beside one that is heard", 60, 3, true],
])("outcomes may still come from %s: %#", (_, silentMinutes, journalLines, isGap) =>
  atHalf(async ({ tx, minute }) => {
    const gateway = { startedAt: minute(0), flagState: "connected", peopleCircuit: "closed" };
    await tx.insert(gateways).values([
      { ...gateway, name: "gw-1", seenAt: minute(200 - silentMinutes), journalLines },
      { ...gateway, name: "gw-2", seenAt: minute(200), journalLines: 0 },
    ]);
    expect(await hasPipelineGap(tx, minute(200), PLAN)).toBe(isGap);
  }),
);

test("slices begin with the count and keep devices apart; an erased person's login names nobody and stays counted", () =>
  atHalf(async (scene) => {
    const [ana = "", bo = "", cy = ""] = await scene.people(3);
    await scene.play([
      { personId: ana, minute: 111 },
      { personId: bo, minute: 139, deviceClass: "kiosk" },
      { personId: cy, minute: 141 },
    ]);
    await countedAt(scene, 160);
    await forgetPerson(scene.tx, ana);
    await countedAt(scene, 200);
    const { startsAt, deviceClass, people } = rolloutSlices;
    const rows = await scene.tx
      .select({ startsAt, deviceClass, people })
      .from(rolloutSlices)
      .orderBy(asc(startsAt), asc(deviceClass));
    expect(rows).toEqual([
      { startsAt: scene.minute(110), deviceClass: "kiosk", people: 1 },
      { startsAt: scene.minute(110), deviceClass: "phone_android", people: 1 },
      { startsAt: scene.minute(140), deviceClass: "phone_android", people: 1 },
    ]);
    const stages = rolloutStages;
    const [stage] = await scene.tx
      .select()
      .from(stages)
      .where(eq(stages.id, await scene.stageId()));
    expect(stage?.countedTo).toEqual(scene.minute(189));
  }));
