import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { createUnleashAdmin } from "#lib/unleash/admin.ts";
import { isWithin } from "#lib/unleash/bucket.ts";
import { changeFlag, switchFlagOff } from "#lib/unleash/change-flag.ts";
import { differencesOf } from "#lib/unleash/differences.ts";
import { createFlags } from "#lib/unleash/flags.ts";
import { readEdition, readLiveFlag } from "#lib/unleash/live-flag.ts";
import { prepareRollout } from "#lib/unleash/prepare-rollout.ts";
import { restoreFlag } from "#lib/unleash/restore-flag.ts";
import type { Flags } from "#lib/unleash/types.ts";
import { adminToken, clientToken, makeUnleash, type TestUnleash } from "./start-unleash.ts";
import { FEATURE, type Hands, handsOn, sampleKeys } from "./unleash-hands.ts";
import { watchRestore } from "./watch-restore.ts";

// One story on one real Unleash: its tests run in order, each from the state the one before left.

let unleash: TestUnleash;
let flags: Flags;
let skewMs = 0;
const figures: string[] = [];

const environmentPath = (environment: string) => `${FEATURE}/environments/${environment}`;
const keys = sampleKeys;

beforeAll(async () => {
  unleash = await makeUnleash(inject("databaseUrl"));
  flags = createFlags({
    url: unleash.url,
    clientToken,
    environment: "development",
    appName: "gatehouse-contract",
    instanceId: "contract-1",
    refreshMs: 500,
    rebuildMs: 250,
    clock: () => new Date(Date.now() + skewMs),
  });
});

afterAll(async () => {
  await flags?.close();
  await unleash?.remove();
  process.stdout.write(`${figures.map((line) => `  unleash: ${line}`).join("\n")}\n`);
});

const prepare = (environment: string, initialExposurePercent: 0 | 100) =>
  prepareRollout({ url: unleash.url, adminToken, environment, initialExposurePercent });

const admin = () => createUnleashAdmin({ url: unleash.url, adminToken });

const production = () => handsOn({ url: unleash.url, adminToken, environment: "production" });
const change: Hands["change"] = (...sent) => production().change(...sent);
const environmentOf = (environment: string, path = FEATURE) => production().read(path, environment);
const setGradual = (environment: string, rollout: string) =>
  handsOn({ url: unleash.url, adminToken, environment }).setGradual(rollout);

/** Waits for the gateway's view, and notes how long it took. */
async function sees(reason: string, what: string): Promise<void> {
  const startedMs = performance.now();
  await expect
    .poll(() => flags.evaluate(keys[0] ?? "").reason, { timeout: 20_000, interval: 20 })
    .toBe(reason);
  figures.push(`${what}: ${Math.round(performance.now() - startedMs)} ms`);
}

const rollouts = (strategies: { title?: string | null | undefined; parameters: Record<string, string> }[]) =>
  strategies.map(({ title, parameters }) => [title, parameters.rollout]).sort();

test("while Unleash is away at the start the flags say so, and it is found when it comes", async () => {
  expect(await prepare("development", 100)).toMatchObject({ ok: false, code: "unreachable" });
  expect(flags.evaluate("sample-key")).toEqual({ on: false, reason: "flags_unreachable" });
  const startedMs = performance.now();
  await unleash.start();
  figures.push(`started in ${Math.round(performance.now() - startedMs)} ms`);
  await sees("flag_unknown", "found after its start in");
});

test("beside a real rollout nothing is switched on, and nothing is released by accident", async () => {
  expect(await prepare("production", 0)).toEqual({ ok: true, isNew: true, isOn: false, exposurePercent: 0 });
  const production = await environmentOf("production");
  expect(production.enabled).toBe(false);
  expect(rollouts(production.strategies)).toEqual([
    ["early adopters", "100"],
    ["gradual", "0"],
  ]);
  for (const { parameters } of production.strategies) {
    expect(parameters).toMatchObject({ groupId: "biometric-login", stickiness: "loginKey" });
  }
  const features = "/projects/default/features";
  await change("POST", features, { name: "switched-on-bare", type: "release" });
  await change("POST", `${features}/switched-on-bare/environments/production/on`);
  const bare = await environmentOf("production", `${features}/switched-on-bare`);
  expect(bare).toMatchObject({ enabled: true, strategies: [{ parameters: { rollout: "0" } }] });
});

test("an interrupted start is completed, with no strategy twice and no hand-set percentage lost", async () => {
  await production().removeStrategy("early adopters");
  await setGradual("production", "7");
  expect(await prepare("production", 0)).toMatchObject({ ok: true, isOn: false, exposurePercent: 7 });
  expect(await prepare("production", 0)).toMatchObject({ ok: true, isOn: false, exposurePercent: 7 });
  expect(rollouts((await environmentOf("production")).strategies)).toEqual([
    ["early adopters", "100"],
    ["gradual", "7"],
  ]);
});

test("a flag that does not read back as written is never switched on", async () => {
  const result = await prepare("production", 100);
  expect(result).toEqual({ ok: false, code: "not_as_written", step: "biometric-login: read back" });
  expect((await environmentOf("production")).enabled).toBe(false);
});

const playgroundShows = (environment: string) =>
  handsOn({ url: unleash.url, adminToken, environment }).playgroundShows();

test("the edition, its version and what it limits are told", async () => {
  expect(await readEdition(admin(), "production")).toEqual({
    ok: true,
    value: {
      edition: "Open Source",
      version: "7.5.1",
      limits: { strategies: 30, changeRequests: "absent" },
    },
  });
});

/** As the first start left it, whatever was tried by hand since. */
async function prepareAnew(environment: string): Promise<void> {
  for (const { id } of (await environmentOf(environment)).strategies)
    await change("DELETE", `${environmentPath(environment)}/strategies/${id}`);
  expect(await prepare(environment, 0)).toMatchObject({ ok: true, isNew: true, isOn: false });
}

test("at no moment of a rollout does the playground show more than was asked for", async () => {
  await prepareAnew("production");
  let [asked, polls, done] = [0, 0, false];
  const watch = async () => {
    while (!done) {
      // What was asked for may only shrink while the playground is asked: the wider of both ends is the limit.
      const before = asked;
      const shown = await playgroundShows("production");
      expect(shown).toBeLessThanOrEqual(Math.max(before, asked));
      polls += 1;
    }
  };
  const watching = watch();
  const lead = async (from: [boolean, number], to: [boolean, number]) => {
    const [seen, wanted] = [from, to].map(([isOn, exposurePercent]) => ({ isOn, exposurePercent }));
    if (seen === undefined || wanted === undefined) throw new Error("Two ends");
    // Upward the intent comes first, downward Unleash does.
    if (to[1] > from[1]) asked = to[1];
    const changed = await changeFlag(admin(), "production", seen, wanted);
    expect(changed).toMatchObject({ ok: true });
    asked = to[0] ? to[1] : 0;
  };
  await lead([false, 0], [true, 0]);
  await lead([true, 0], [true, 1]);
  await lead([true, 1], [true, 5]);
  await lead([true, 5], [true, 50]);
  expect(await playgroundShows("production")).toBe(50);
  await lead([true, 50], [true, 5]);
  await lead([true, 5], [false, 5]);
  await lead([false, 5], [true, 25]);
  await lead([true, 25], [false, 0]);
  done = true;
  await watching;
  expect(await playgroundShows("production")).toBe(0);
  figures.push(`playground asked ${polls} times during eight changes, never wider than the intent`);
});

test("an edit by hand is named, and nothing is changed from a state that was not seen", async () => {
  const wanted = { isOn: true, exposurePercent: 5 };
  expect(await changeFlag(admin(), "production", { isOn: false, exposurePercent: 0 }, wanted)).toMatchObject({
    ok: true,
  });
  await setGradual("production", "60");
  const next = { isOn: true, exposurePercent: 25 };
  expect(await changeFlag(admin(), "production", wanted, next)).toEqual({
    ok: false,
    code: "not_as_seen",
    outcome: "unchanged",
  });
  const live = await readLiveFlag(admin(), "production");
  expect(live.ok && differencesOf(live.value, wanted)).toEqual([
    { code: "percent_higher", live: "60", wanted: "5", widens: true },
  ]);
  const foreign = { name: "default", title: "by hand", parameters: {}, constraints: [], segments: [] };
  await change("POST", `${environmentPath("production")}/strategies`, foreign);
  const widened = await readLiveFlag(admin(), "production");
  expect(
    widened.ok && differencesOf(widened.value, wanted).map(({ code, widens }) => [code, widens]),
  ).toEqual([
    ["percent_higher", true],
    ["foreign_strategy", true],
  ]);
  expect(await switchFlagOff(admin(), "production")).toMatchObject({ ok: true, live: { isOn: false } });
  await production().removeStrategy("by hand");
  await setGradual("production", "0");
});

test("two at once who saw the same do not both lead it on, or the second says that it is not as it saw", async () => {
  const from = { isOn: false, exposurePercent: 0 };
  const ends = await Promise.all([
    changeFlag(admin(), "production", from, { isOn: true, exposurePercent: 1 }),
    changeFlag(admin(), "production", from, { isOn: true, exposurePercent: 5 }),
  ]);
  expect(ends.filter(({ ok }) => ok).length).toBeLessThanOrEqual(1);
  expect(await switchFlagOff(admin(), "production")).toMatchObject({ ok: true });
  await setGradual("production", "0");
});

test("a flag that is gone, and a strategy for everyone, are named and brought back without showing more", async () => {
  const hands = production();
  const wanted = { isOn: true, exposurePercent: 5 };
  expect(await restoreFlag(admin(), "production", wanted)).toMatchObject({ ok: true });
  for (const what of ["a strategy for everyone", "the flag gone for good"]) {
    const edit = hands.edits[what];
    if (edit === undefined) throw new Error(what);
    await watchRestore(hands, what, edit);
  }
  const off = { isOn: false, exposurePercent: 0 };
  expect(await restoreFlag(admin(), "production", off)).toMatchObject({ ok: true });
});

test("the trial stands at 100 percent, and every gateway learns it", async () => {
  const startedMs = performance.now();
  expect(await prepare("development", 100)).toEqual({
    ok: true,
    isNew: true,
    isOn: true,
    exposurePercent: 100,
  });
  figures.push(`prepared in ${Math.round(performance.now() - startedMs)} ms`);
  await sees("flag_on", "on, seen after");
  expect(keys.every((key) => flags.evaluate(key).on)).toBe(true);
  expect(flags.state()).toMatchObject({ connected: true, lastError: null });
});

test("a second start changes nothing", async () => {
  const before = await environmentOf("development");
  const hash = flags.state().definitionHash;
  expect(await prepare("development", 100)).toMatchObject({ ok: true, isNew: false, isOn: true });
  expect(await environmentOf("development")).toEqual(before);
  expect(flags.state().definitionHash).toBe(hash);
});

test("what a person switched off stays off through the next start, at the percentage they set", async () => {
  await change("POST", `${environmentPath("development")}/off`);
  await sees("flag_off", "off, seen after");
  await setGradual("development", "25");
  expect(await prepare("development", 100)).toEqual({
    ok: true,
    isNew: false,
    isOn: false,
    exposurePercent: 25,
  });
  await change("POST", `${environmentPath("development")}/on`);
  const inside = keys.find((key) => isWithin(key, 25)) ?? "";
  await expect.poll(() => flags.evaluate(inside).on, { timeout: 10_000 }).toBe(true);
  const apart = keys.filter((key) => flags.evaluate(key).on !== isWithin(key, 25));
  expect(apart).toEqual([]);
});

test("early adopters are in whatever their bucket", async () => {
  const outside = keys.find((key) => !isWithin(key, 25)) ?? "";
  expect(flags.evaluate(outside, { cohort: "early-adopters" }).on).toBe(true);
  expect(flags.evaluate(outside).on).toBe(false);
});

test("the master flag puts everyone on legacy", async () => {
  const master = "/projects/default/features/biometric-master/environments/development";
  await setGradual("development", "100");
  await sees("flag_on", "100 percent, seen after");
  const hash = flags.state().definitionHash;
  await change("POST", `${master}/off`);
  await sees("flag_off", "master off, seen after");
  expect(flags.state().definitionHash).not.toBe(hash);
  expect(await prepare("development", 100)).toMatchObject({ ok: true, isNew: false });
  expect((await environmentOf("development", "/projects/default/features/biometric-master")).enabled).toBe(
    false,
  );
  await change("POST", `${master}/on`);
  await sees("flag_on", "master on, seen after");
});

test("while Unleash is down the last flags hold for ten minutes, then they mean legacy", async () => {
  await unleash.stop();
  await expect.poll(() => flags.state().lastError, { timeout: 15_000 }).toBe("unreachable");
  expect(flags.evaluate("sample-key").reason).toBe("flag_on");
  const lastHeardAt = flags.state().lastHeardAt?.getTime() ?? 0;
  skewMs = lastHeardAt + 599_000 - Date.now();
  expect(flags.evaluate("sample-key").reason).toBe("flag_on");
  skewMs = lastHeardAt + 600_500 - Date.now();
  expect(flags.evaluate("sample-key")).toEqual({ on: false, reason: "flags_stale" });
  skewMs = 0;
});

test("a client token that is refused counts as stale at once, and a good one is taken without a restart", async () => {
  await unleash.spoilClientToken(true);
  await unleash.start();
  await sees("flags_stale", "refused token, seen after");
  expect(flags.state()).toMatchObject({ connected: false, lastError: "token_refused" });
  await unleash.stop();
  await unleash.spoilClientToken(false);
  await unleash.start();
  await sees("flag_on", "token good again, seen after");
});

test("an admin token that is refused is told apart from an Unleash that is away", async () => {
  const result = await prepareRollout({
    url: unleash.url,
    adminToken: "*:*.wrong",
    environment: "development",
    initialExposurePercent: 100,
  });
  expect(result).toEqual({ ok: false, code: "token_refused", step: "default strategy" });
});
