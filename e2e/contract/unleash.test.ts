import { createHmac } from "node:crypto";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { createUnleashAdmin } from "#lib/unleash/admin.ts";
import { isWithin } from "#lib/unleash/bucket.ts";
import { createFlags } from "#lib/unleash/flags.ts";
import { prepareRollout } from "#lib/unleash/prepare-rollout.ts";
import { flagSchema } from "#lib/unleash/schema.ts";
import type { Flags } from "#lib/unleash/types.ts";
import { adminToken, clientToken, makeUnleash, type TestUnleash } from "./start-unleash.ts";

// One story on one real Unleash: its tests run in order, each from the state the one before left.

let unleash: TestUnleash;
let flags: Flags;
let skewMs = 0;
const figures: string[] = [];

const feature = "/projects/default/features/biometric-login";
const environmentPath = (environment: string) => `${feature}/environments/${environment}`;
const keys = Array.from({ length: 300 }, (_, index) =>
  createHmac("sha256", "sample key").update(`sample-${index}`).digest("hex"),
);

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

async function environmentOf(environment: string, path = feature) {
  const answer = await admin().get(path, flagSchema);
  const found = answer.ok ? answer.value.environments.find(({ name }) => name === environment) : undefined;
  if (found === undefined) throw new Error(`Unleash did not tell of ${path} in ${environment}`);
  return found;
}

async function change(method: "POST" | "PATCH" | "DELETE", path: string, body?: unknown) {
  const response = await fetch(`${unleash.url}/api/admin${path}`, {
    method,
    headers: { authorization: adminToken, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  expect(response.ok, `${method} ${path}: ${response.status}`).toBe(true);
}

async function strategyId(environment: string, title: string): Promise<string> {
  const found = (await environmentOf(environment)).strategies.find((strategy) => strategy.title === title);
  return found?.id ?? "missing";
}

const setGradual = async (environment: string, rollout: string) =>
  change("PATCH", `${environmentPath(environment)}/strategies/${await strategyId(environment, "gradual")}`, [
    { op: "replace", path: "/parameters/rollout", value: rollout },
  ]);

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
  await change(
    "DELETE",
    `${environmentPath("production")}/strategies/${await strategyId("production", "early adopters")}`,
  );
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
