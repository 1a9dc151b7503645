import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { type DatabaseClient, openDatabase } from "#db/client.ts";
import { adminToken, clientToken, makeUnleash, type TestUnleash } from "#e2e/contract/start-unleash.ts";
import { systemClock } from "#lib/clock.ts";
import { newId } from "#lib/ids.ts";
import { changeRollout, type RolloutDesk } from "#lib/rollout/change-rollout.ts";
import { createRollout } from "#lib/rollout/create-rollout.ts";
import { driftOf } from "#lib/rollout/examine-drift.ts";
import { differenceOf } from "#lib/rollout/intend-change.ts";
import { findStanding } from "#lib/rollout/queries.ts";
import { revertDrift } from "#lib/rollout/revert-drift.ts";
import { samplePlan } from "#lib/rollout/testing/sample-plan.ts";
import { touchSighting } from "#lib/rollout/touch-sighting.ts";
import type { Wish } from "#lib/rollout/types.ts";
import { findSighting } from "#lib/rollout-page/queries.ts";
import { createUnleashAdmin } from "#lib/unleash/admin.ts";
import { isWithin } from "#lib/unleash/bucket.ts";
import { environmentPath, GRADUAL, readLiveFlag } from "#lib/unleash/live-flag.ts";
import { loginKeyOf } from "#lib/unleash/login-key.ts";
import { prepareRollout } from "#lib/unleash/prepare-rollout.ts";
import { type GatewayProcess, makeGatewayProcess, prepareGatewayData } from "./gateway-process.ts";
import { type OwnPostgres, startOwnPostgres } from "./own-postgres.ts";
import { type StandIn, startApiStandIn } from "./stand-ins.ts";
import { startUnleashFront, type UnleashFront } from "./unleash-front.ts";

const ENVIRONMENT = "development";
const PEOPLE = 120;
/** As makeGatewayProcess starts every gateway. */
const LOGIN_KEY_SECRET = "ab".repeat(32);
const manager = { id: newId(), role: "product_manager" as const };

let postgres: OwnPostgres;
let unleash: TestUnleash;
let emptyHanded: TestUnleash;
let front: UnleashFront;
let api: StandIn;
let gateway: GatewayProcess;
let database: DatabaseClient;
let desk: RolloutDesk;
let key: string;
let customIds: string[];
const folder = mkdtempSync(join(tmpdir(), "gatehouse-unleash-faults-"));

beforeAll(async () => {
  postgres = await startOwnPostgres();
  unleash = await makeUnleash(inject("databaseUrl"));
  emptyHanded = await makeUnleash(inject("databaseUrl"));
  await unleash.start();
  front = await startUnleashFront(unleash.url);
  api = await startApiStandIn();
  ({ key, customIds } = await prepareGatewayData(postgres.url, PEOPLE));
  database = openDatabase(postgres.url, { connections: 2, applicationName: "gatehouse-faults" });
  await database.sql`update rollout_intents set exposure_percent = 0`;
  const place = { url: unleash.url, adminToken, environment: ENVIRONMENT };
  expect(await prepareRollout({ ...place, initialExposurePercent: 0 })).toMatchObject({ ok: true });
  gateway = await makeGatewayProcess({
    ...{ databaseUrl: postgres.url, dataDir: join(folder, "gateway"), apiUrl: api.url },
    ...{ flagsUrl: front.url, flagsToken: clientToken },
  });
  await gateway.start();
  const admin = createUnleashAdmin({ url: front.url, adminToken, timeoutMs: 3_000 });
  desk = { db: database.db, admin, environment: ENVIRONMENT, clock: systemClock };
  await createRollout(database.db, { build: "1", plan: samplePlan(0, 25, 50, 100) }, manager, new Date());
  for (const kind of ["start", "advance"] as const) expect(await act({ kind })).toMatchObject({ ok: true });
  await untilOffered(25);
});
afterAll(async () => {
  await gateway?.stop();
  await database?.close();
  await Promise.all([front?.close(), api?.close(), unleash?.remove(), emptyHanded?.remove()]);
  await postgres?.remove();
  rmSync(folder, { recursive: true, force: true });
});

async function wanted(wish: Wish) {
  const standing = await findStanding(database.db);
  if (standing === null) throw new Error("No intent");
  const found = differenceOf(standing, wish);
  const digest = typeof found === "string" ? null : found.digest;
  return { wish, seenVersion: standing.intent.version, digest, reason: "A fault is tried" };
}
const act = async (wish: Wish) => changeRollout(desk, await wanted(wish), manager);

const isInside = (customId: string, percent: number) =>
  isWithin(loginKeyOf(LOGIN_KEY_SECRET, customId), percent);

/** Everybody opens a login once: how many were offered biometrics, and who of those should not have been. */
async function offeredAt(percent: number) {
  const opened = await Promise.all(
    customIds.map(async (customId) => {
      const response = await fetch(`${gateway.url}/v1/logins`, {
        method: "POST",
        headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
        body: JSON.stringify({ customId, channel: "web" }),
      });
      expect(response.status).toBe(201);
      return { customId, ...((await response.json()) as { path: string; reason: string }) };
    }),
  );
  const offered = opened.filter(({ path }) => path === "biometric");
  const reasons = [...new Set(opened.map(({ reason }) => reason))].sort();
  return {
    offered: offered.length,
    wrongly: offered.filter(({ customId }) => !isInside(customId, percent)).length,
    reasons,
  };
}

const insideAt = (percent: number) => customIds.filter((customId) => isInside(customId, percent)).length;

/** Nobody outside is ever offered anything meanwhile; ends once all who are inside are. */
async function untilOffered(percent: number): Promise<number> {
  const startMs = performance.now();
  for (;;) {
    const { offered, wrongly } = await offeredAt(percent);
    expect(wrongly).toBe(0);
    if (offered === insideAt(percent)) return Math.round(performance.now() - startMs);
    if (performance.now() - startMs > 120_000) throw new Error(`Offered to ${offered} only`);
    await delay(250);
  }
}

/** What Unleash is seen to be, as the worker keeps it and the screen names it. */
async function seen() {
  await touchSighting(database.db, desk, new Date());
  const [sighting, standing] = [await findSighting(database.db), await findStanding(database.db)];
  if (sighting === null || standing === null) throw new Error("Nothing was seen");
  const drift = driftOf(standing, sighting.live);
  return { trouble: sighting.trouble, codes: drift.differences.map(({ code }) => code), standing, drift };
}

/** Through a fault for some seconds: who is offered what, all the time. */
async function through(what: string, percent: number, seconds: number) {
  const endMs = performance.now() + seconds * 1_000;
  let last = { offered: 0, wrongly: 0, reasons: [] as string[] };
  let looks = 0;
  while (performance.now() < endMs) {
    last = await offeredAt(percent);
    expect({ what, wrongly: last.wrongly }).toEqual({ what, wrongly: 0 });
    looks += 1;
    await delay(250);
  }
  const { trouble, codes } = await seen();
  return { ...last, looks, trouble, codes };
}

const tell = (what: string, figures: object) => process.stdout.write(`${what}: ${JSON.stringify(figures)}\n`);

async function revert() {
  const { standing, drift } = await seen();
  const about = { seenVersion: standing.intent.version, digest: drift.digest, reason: "Put back" };
  return revertDrift(desk, about, manager);
}

test("Unleash killed: those inside go on by the last flags, and it is named; back, all is well by itself", async () => {
  await unleash.stop();
  const during = await through("killed", 25, 8);
  expect(during).toMatchObject({
    offered: insideAt(25),
    trouble: expect.stringMatching(/unreachable|server_failed/),
  });
  await unleash.start();
  const backMs = await untilOffered(25);
  expect(await seen()).toMatchObject({ trouble: null, codes: [] });
  tell("killed", { ...during, backMs });
});

test("Unleash answers 401: everybody is on legacy at once, and it is named; back, by itself", async () => {
  front.set("refuse");
  const during = await through("refused", 25, 20);
  expect(during).toMatchObject({ offered: 0, trouble: "token_refused" });
  front.set("pass");
  const backMs = await untilOffered(25);
  expect(await seen()).toMatchObject({ trouble: null, codes: [] });
  tell("refused", { ...during, backMs });
});

test("Unleash serves garbage: those inside go on by the last flags, and it is named; back, by itself", async () => {
  front.set("garbage");
  const during = await through("garbage", 25, 8);
  expect(during).toMatchObject({ offered: insideAt(25), trouble: "answer_unreadable" });
  front.set("pass");
  const backMs = await untilOffered(25);
  expect(await seen()).toMatchObject({ trouble: null, codes: [] });
  tell("garbage", { ...during, backMs });
});

test("edited by hand upward, nobody more is exposed, it is an alarm, and one button puts it back", async () => {
  const live = await readLiveFlag(desk.admin, ENVIRONMENT);
  if (!live.ok) throw new Error(live.code);
  const gradual = live.value.strategies.find(({ title }) => title === GRADUAL);
  const path = `${environmentPath(ENVIRONMENT)}/strategies/${gradual?.id}`;
  const patch = [{ op: "replace" as const, path: "/parameters/rollout", value: "100" }];
  expect(await desk.admin.patch(path, patch)).toMatchObject({ ok: true });
  const during = await through("edited upward", 25, 8);
  expect(during).toMatchObject({ offered: insideAt(25), codes: ["percent_higher"] });
  expect(await revert()).toMatchObject({ ok: true, state: "confirmed" });
  expect(await seen()).toMatchObject({ trouble: null, codes: [] });
  tell("edited upward", during);
});

test("edited by hand downward, it is obeyed, named, and put back by one button", async () => {
  await desk.admin.post(`${environmentPath(ENVIRONMENT)}/off`);
  const during = await through("switched off", 25, 12);
  expect(during).toMatchObject({ offered: 0, codes: ["switched_off"] });
  expect(await revert()).toMatchObject({ ok: true, state: "confirmed" });
  tell("switched off", { ...during, backMs: await untilOffered(25) });
});

test("restarted empty-handed: nobody is exposed, the missing flag is named, and one button makes it again", async () => {
  await emptyHanded.start();
  front.turnTo(emptyHanded.url);
  const during = await through("empty-handed", 25, 12);
  expect(during).toMatchObject({ offered: 0, codes: ["flag_missing"] });
  expect(await revert()).toMatchObject({ ok: true, state: "confirmed" });
  const backMs = await untilOffered(25);
  expect(await seen()).toMatchObject({ trouble: null, codes: [] });
  tell("empty-handed", { ...during, backMs });
});

test("raced by a second console: one of two advances is done, the other is told that somebody was first", async () => {
  const both = await Promise.all([wanted({ kind: "advance" }), wanted({ kind: "advance" })]);
  const results = await Promise.all(both.map((each) => changeRollout(desk, each, manager)));
  expect(results.map(({ ok }) => ok).sort()).toEqual([false, true]);
  const during = await through("raced", 50, 8);
  expect(during).toMatchObject({ offered: insideAt(50), codes: [] });
  const refused = results.flatMap((each) => (each.ok ? [] : [each.code]));
  expect(refused[0]).toMatch(/^(stale_version|being_changed)$/);
  tell("raced", { ...during, refused });
});
