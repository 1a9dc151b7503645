import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { rolloutVerdicts } from "#db/schema/rollouts.ts";
import { newIdAt } from "#lib/ids.ts";
import { resumeChanges } from "#lib/rollout/resume-changes.ts";
import { samplePlan } from "#lib/rollout/testing/sample-plan.ts";
import type { VerdictReason } from "#lib/rollout-evidence/schema.ts";
import type { StageInputs, Verdict } from "#lib/rollout-evidence/types.ts";
import { rolloutScene, type Scene, sightDrift } from "#lib/rollout-judging/testing/rollout-scene.ts";
import { composeEmail } from "./compose-email.ts";
import { EVENT_GROUPS } from "./rules.ts";
import { listenIn } from "./testing/listen-in.ts";
import type { Message, NotificationData } from "./types.ts";
import { watchRollout } from "./watch-rollout.ts";

const PLAN = samplePlan(0, 50, 100);
type Told = Awaited<ReturnType<typeof listenIn>>;

const told = (play: (scene: Scene, heard: Told) => Promise<void>) =>
  rolloutScene(PLAN, async (scene) => play(scene, await listenIn(scene.tx, scene.minute(0))));
const types = async (heard: Told) => (await heard()).map(({ type }) => type);

test("what widens is told once Unleash shows it, what narrows whatever Unleash says, and a halt at once", () =>
  told(async (scene, heard) => {
    scene.go(1);
    scene.admin.fail = { code: "token_refused", hadEffect: false };
    await scene.act({ kind: "advance" });
    expect(await types(heard)).toEqual([]);
    scene.admin.fail = null;
    await scene.act({ kind: "advance" });
    expect(await heard()).toEqual([
      {
        type: "rollout.advanced",
        data: {
          ...{ rolloutId: expect.any(String), build: "2026.3.1", fromPercent: 0, toPercent: 50 },
          ...{ by: expect.any(String), because: null },
        },
      },
    ]);
    scene.admin.isAway = true;
    await scene.act({ kind: "halt" });
    expect(await types(heard)).toEqual(["rollout.halted"]);
    scene.admin.isAway = false;
    await resumeChanges(scene.desk);
    await scene.act({ kind: "release_halt" });
    expect(await types(heard)).toEqual(["rollout.released"]);
    scene.admin.isAway = true;
    await scene.act({ kind: "roll_back", to: null });
    expect(await heard()).toMatchObject([
      { type: "rollout.rolled_back", data: { fromPercent: 50, toPercent: 0 } },
    ]);
  }));

/** As if the rule had said so at this minute. */
async function say(scene: Scene, minute: number, verdict: Partial<Verdict> & { reason: VerdictReason }) {
  const at = scene.minute(minute);
  const whole = { decision: "hold", pages: false, ...verdict } as Verdict;
  await scene.tx.insert(rolloutVerdicts).values({
    ...{ id: newIdAt(at), stageId: await scene.stageId(), at, ruleVersion: 1, verdict: whole },
    ...{ decision: whole.decision, reason: whole.reason },
    inputs: { sliceMinutes: PLAN.sliceMinutes } as StageInputs,
  });
}

test("that it waits for a person's word is told at once and once, and again after it was gone for long", () =>
  told(async (scene, heard) => {
    await say(scene, 10, { decision: "ask", reason: "proven" });
    for (const minute of [10, 11, 12]) await watchRollout(scene.tx, scene.minute(minute));
    expect(await heard()).toMatchObject([
      {
        type: "rollout.ready",
        data: { build: "2026.3.1", exposurePercent: 0, nextPercent: 50, reason: "proven" },
      },
    ]);
    await say(scene, 13, { reason: "dwell" });
    for (const minute of [13, 21]) await watchRollout(scene.tx, scene.minute(minute));
    await say(scene, 22, { decision: "ask", reason: "proven" });
    await watchRollout(scene.tx, scene.minute(22));
    expect(await types(heard)).toEqual(["rollout.ready"]);
  }));

test("a doubt is told once it has lasted; waiting for time, people or proof never is, nor anything under a halt", () =>
  told(async (scene, heard) => {
    await say(scene, 10, { reason: "legacy_unreported" });
    await watchRollout(scene.tx, scene.minute(15));
    expect(await heard()).toEqual([]);
    await watchRollout(scene.tx, scene.minute(21));
    expect(await heard()).toMatchObject([
      { type: "rollout.held", data: { reason: "legacy_unreported", pages: false } },
    ]);
    for (const reason of ["dwell", "too_few_people", "cannot_tell", "held", "blind"] as const) {
      await scene.tx.delete(rolloutVerdicts);
      await say(scene, 30, { reason });
      await watchRollout(scene.tx, scene.minute(60));
    }
    expect(await heard()).toEqual([]);
    await scene.tx
      .update(rolloutVerdicts)
      .set({ verdict: { decision: "hold", reason: "blind", pages: true } });
    await scene.act({ kind: "halt" });
    await watchRollout(scene.tx, scene.minute(60));
    expect(await types(heard)).toEqual(["rollout.halted"]);
    await scene.act({ kind: "release_halt" });
    await watchRollout(scene.tx, scene.minute(60));
    expect(await heard()).toMatchObject([
      { type: "rollout.held", data: { pages: true } },
      { type: "rollout.released" },
    ]);
    expect(await scene.tx.$count(rolloutVerdicts, eq(rolloutVerdicts.reason, "blind"))).toBe(1);
  }));

test("an edit by hand in Unleash is told once while it stands, also where no rollout is open", () =>
  told(async (scene, heard) => {
    await scene.act({ kind: "roll_back", to: null });
    await heard();
    await sightDrift(scene.tx, scene.minute(5));
    for (const minute of [5, 6, 60]) await watchRollout(scene.tx, scene.minute(minute));
    expect(await heard()).toEqual([
      {
        type: "rollout.drift",
        data: { since: scene.minute(5).toISOString(), codes: ["switched_on"], widens: true },
      },
    ]);
  }));

const ACT = { rolloutId: "r", build: "2026.3.1", fromPercent: 50, toPercent: 0 };
const STAGE = { rolloutId: "r", build: "2026.3.1", exposurePercent: 25, nextPercent: 50 };
const DATA: Pick<NotificationData, (typeof EVENT_GROUPS.rollout)[number]> = {
  "rollout.ready": { ...STAGE, reason: "proven" },
  "rollout.held": { ...STAGE, reason: "legacy_unreported", pages: false },
  "rollout.advanced": { ...ACT, by: null, because: "proven" },
  "rollout.rolled_back": { ...ACT, by: null, because: "harm" },
  "rollout.halted": { ...ACT, by: "m", because: null },
  "rollout.released": { ...ACT, by: "m", because: null },
  "rollout.drift": { since: "2026-03-06T12:00:00.000Z", codes: ["switched_on"], widens: true },
};
const LETTERS = EVENT_GROUPS.rollout.flatMap((type) =>
  (["en", "pt-BR"] as const).map((locale) => [type, locale] as const),
);

test.each(LETTERS)("%s has a letter in %s without a gap in it", (type, locale) => {
  const { subject, text } = composeEmail({ type, data: DATA[type] } as Message, locale, "America/Sao_Paulo");
  expect(`${subject} ${text}`).not.toMatch(/undefined|null|NaN|Invalid|\d %/);
});
