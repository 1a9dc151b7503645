import { afterAll, beforeAll, expect, test } from "vitest";
import { rolloutIntents } from "#db/schema/control.ts";
import { rolloutVerdicts } from "#db/schema/rollouts.ts";
import { type FreshDatabase, freshDatabase } from "#db/testing/fresh-database.ts";
import { newId } from "#lib/ids.ts";
import { log } from "#lib/log.ts";
import { changeRollout } from "#lib/rollout/change-rollout.ts";
import { createRollout } from "#lib/rollout/create-rollout.ts";
import { findIntent, findStanding } from "#lib/rollout/queries.ts";
import { reportFalseAccept } from "#lib/rollout/report-false-accept.ts";
import { samplePlan } from "#lib/rollout/testing/sample-plan.ts";
import { createFakeAdmin } from "#lib/unleash/fake-admin.ts";
import { judgeRolloutJob } from "./judge-rollout.ts";

const AT = new Date();
const manager = { id: newId(), role: "product_manager" as const };

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase(6);
});
afterAll(() => database.drop());

test("the open stage is judged at its pace, and at once when a false accept wakes the judge, with Unleash away", async () => {
  const { db } = database;
  let now = AT;
  const clock = () => now;
  await db.insert(rolloutIntents).values({ flag: "biometric-login", exposurePercent: 0, changedAt: AT });
  await createRollout(db, { build: "1", plan: samplePlan(0, 50) }, manager, AT);
  const desk = { db, admin: createFakeAdmin(), environment: "production", clock };
  const start = { wish: { kind: "start" }, seenVersion: null, digest: null, reason: null } as const;
  await changeRollout(desk, start, manager);

  const unleash = { url: "http://127.0.0.1:1", adminToken: "sample", environment: "production" };
  const job = judgeRolloutJob({ unleash, timeZone: "America/Sao_Paulo" });
  const tools = { database, clock, log, signal: new AbortController().signal };
  const turn = async (seconds: number, wasWoken = false) => {
    now = new Date(AT.getTime() + seconds * 1000);
    await job.run(tools, wasWoken);
    return db.$count(rolloutVerdicts);
  };
  expect([await turn(0), await turn(1), await turn(59), await turn(60)]).toEqual([1, 1, 1, 2]);

  await reportFalseAccept(db, { loginId: null, reason: "A mask" }, manager, now);
  expect([await turn(62), await turn(63, true)]).toEqual([2, 3]);
  expect(await findIntent(db)).toMatchObject({ exposurePercent: 0, offersEarlyAdopters: false });
  expect((await findStanding(db))?.rollout).toBeNull();
});
