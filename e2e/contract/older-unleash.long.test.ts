import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { createUnleashAdmin } from "#lib/unleash/admin.ts";
import { isWithin } from "#lib/unleash/bucket.ts";
import { changeFlag, switchFlagOff } from "#lib/unleash/change-flag.ts";
import { differencesOf } from "#lib/unleash/differences.ts";
import { createFlags } from "#lib/unleash/flags.ts";
import { readEdition, readLiveFlag } from "#lib/unleash/live-flag.ts";
import { prepareRollout } from "#lib/unleash/prepare-rollout.ts";
import { installOlderUnleash, OLDER_UNLEASH } from "./install-older-unleash.ts";
import { adminToken, clientToken, makeUnleash, type TestUnleash } from "./start-unleash.ts";
import { handsOn, sampleKeys } from "./unleash-hands.ts";
import { watchRestore } from "./watch-restore.ts";

// One story on the Unleash before ours, as companies run it and we are given its address.

let unleash: TestUnleash;

beforeAll(async () => {
  unleash = await makeUnleash(inject("databaseUrl"), installOlderUnleash());
  await unleash.start();
});
afterAll(() => unleash?.remove());

const admin = () => createUnleashAdmin({ url: unleash.url, adminToken });
const place = (environment: string) => ({ url: unleash.url, adminToken, environment });

test("its edition, version and limits are told", async () => {
  expect(await readEdition(admin(), "production")).toMatchObject({
    ok: true,
    value: { edition: "Open Source", version: OLDER_UNLEASH, limits: { changeRequests: "absent" } },
  });
});

test("the flag is made there as on ours, once, and released to nobody", async () => {
  const prepared = { ok: true, isNew: true, isOn: false, exposurePercent: 0 };
  expect(await prepareRollout({ ...place("production"), initialExposurePercent: 0 })).toEqual(prepared);
  expect(await prepareRollout({ ...place("production"), initialExposurePercent: 0 })).toEqual(prepared);
});

test("every step of a rollout leads it, never showing more than the wider of both ends", async () => {
  const { playgroundShows } = handsOn(place("production"));
  const steps: [boolean, number][] = [
    [false, 0],
    [true, 0],
    [true, 1],
    [true, 5],
    [true, 50],
    [true, 5],
    [false, 5],
    [true, 25],
    [false, 0],
  ];
  const shows = ([isOn, percent]: [boolean, number]) => (isOn ? percent : 0);
  for (const [at, to] of steps.slice(1).entries()) {
    const from = steps[at];
    if (from === undefined) throw new Error("Two ends");
    const [seen, wanted] = [from, to].map(([isOn, exposurePercent]) => ({ isOn, exposurePercent }));
    if (seen === undefined || wanted === undefined) throw new Error("Two ends");
    const shown: number[] = [];
    let isDone = false;
    const watching = (async () => {
      while (!isDone) shown.push(await playgroundShows());
    })();
    const changed = await changeFlag(admin(), "production", seen, wanted);
    isDone = true;
    await watching;
    expect(changed, JSON.stringify(changed)).toMatchObject({ ok: true });
    expect(Math.max(...shown)).toBeLessThanOrEqual(Math.max(shows(from), shows(to)));
    expect(await playgroundShows()).toBe(shows(to));
    const live = await readLiveFlag(admin(), "production");
    expect(live.ok && differencesOf(live.value, wanted)).toEqual([]);
  }
  expect(await switchFlagOff(admin(), "production")).toMatchObject({ ok: true });
});

test("what was done by hand is named and reverted there too", async () => {
  const hands = handsOn(place("production"));
  const wanted = { isOn: true, exposurePercent: 5 };
  const seen = { isOn: false, exposurePercent: 0 };
  expect(await changeFlag(admin(), "production", seen, wanted)).toMatchObject({ ok: true });
  for (const [what, edit] of Object.entries(hands.edits)) await watchRestore(hands, what, edit);
});

test("a gateway follows it, with the same people on the same side", async () => {
  expect(await prepareRollout({ ...place("development"), initialExposurePercent: 100 })).toMatchObject({
    isOn: true,
  });
  const flags = createFlags({
    ...{ url: unleash.url, clientToken, environment: "development", appName: "gatehouse-contract" },
    ...{ instanceId: "contract-older", refreshMs: 500, clock: () => new Date() },
  });
  await expect.poll(() => flags.evaluate(sampleKeys[0] ?? "").reason, { timeout: 20_000 }).toBe("flag_on");
  await handsOn(place("development")).setGradual("25");
  const outside = sampleKeys.find((key) => !isWithin(key, 25)) ?? "";
  await expect.poll(() => flags.evaluate(outside).on, { timeout: 20_000 }).toBe(false);
  expect(sampleKeys.filter((key) => flags.evaluate(key).on !== isWithin(key, 25))).toEqual([]);
  expect(flags.evaluate(outside, { cohort: "early-adopters" }).on).toBe(true);
  await flags.close();
});
