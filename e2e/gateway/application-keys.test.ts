import { afterAll, beforeAll, expect, test } from "vitest";
import type { Gateway } from "#gateway/start-gateway.ts";
import { createApplicationWithKey } from "#lib/applications/create-application-with-key.ts";
import { disableApplication } from "#lib/applications/disable-application.ts";
import { enableApplication } from "#lib/applications/enable-application.ts";
import { revokeApplicationKey } from "#lib/applications/revoke-application-key.ts";
import { rotateApplicationKey } from "#lib/applications/rotate-application-key.ts";
import { callGateway, startWorld, until, type World } from "./start-world.ts";

const SYSTEM = { id: null, role: "system" } as const;
const DAY_MS = 24 * 60 * 60 * 1000;
let world: World;
let skewMs = 0;

beforeAll(async () => {
  world = await startWorld({ gateway: { clock: () => new Date(Date.now() + skewMs) } });
});
afterAll(() => world.close());

const statusOn = async (gateway: Gateway, key: string) =>
  (await callGateway(gateway.url, key, "POST", "/v1/logins", { customId: "nobody" })).status;
const statusOf = (key: string) => statusOn(world.gateway, key);

async function application(name: string) {
  const made = await createApplicationWithKey(world.db.db, { name, channels: [] }, SYSTEM, new Date());
  if (!made.ok) throw new Error(`No application: ${made.code}`);
  await until(async () => (await statusOf(made.key)) === 201);
  return made;
}

async function nextKey(applicationId: string) {
  const made = await rotateApplicationKey(
    world.db.db,
    { applicationId, oldEndsInDays: 7 },
    SYSTEM,
    new Date(),
  );
  if (!made.ok) throw new Error(`No key: ${made.code}`);
  await until(async () => (await statusOf(made.key)) === 201);
  return made;
}

async function keyRow(keyId: string) {
  const [row] = await world.db.sql<{ used: Date | null; calls: number }[]>`
    select first_used_at as used, coalesce((select sum(calls) from application_key_uses where key_id = k.id), 0)::int as calls
    from application_keys k where id = ${keyId}`;
  return row;
}

/** How long until the key is answered with this status. */
async function secondsUntil(status: number, key: string): Promise<number> {
  const startedMs = performance.now();
  await until(async () => (await statusOf(key)) === status);
  return (performance.now() - startedMs) / 1000;
}

test("a disabled application is refused within seconds and taken again once enabled", async () => {
  const { applicationId, key } = await application("Paused");
  await disableApplication(
    world.db.db,
    { applicationId, version: 1, reason: "incident" },
    SYSTEM,
    new Date(),
  );
  expect(await secondsUntil(401, key)).toBeLessThan(5);
  const refused = await callGateway(world.gateway.url, key, "POST", "/v1/logins", { customId: "nobody" });
  expect(refused.body).toMatchObject({ code: "key_refused" });
  await enableApplication(world.db.db, { applicationId, version: 2 }, SYSTEM, new Date());
  expect(await secondsUntil(201, key)).toBeLessThan(5);
});

test("calls are counted by key, and told within seconds", async () => {
  const { applicationId, key, keyId } = await application("Counted");
  const next = await nextKey(applicationId);
  const before = (await keyRow(keyId))?.calls ?? 0;
  for (let call = 0; call < 5; call++) expect(await statusOf(key)).toBe(201);
  await until(async () => ((await keyRow(keyId))?.calls ?? 0) >= before + 5);
  expect((await keyRow(next.keyId))?.used).not.toBeNull();
});

test("calls counted while the database is away are told once it is back", async () => {
  const { key, keyId } = await application("Patient");
  await until(async () => ((await keyRow(keyId))?.calls ?? 0) > 0);
  const before = (await keyRow(keyId))?.calls ?? 0;
  await world.proxy.cut();
  for (let call = 0; call < 3; call++) expect(await statusOf(key)).toBe(201);
  await world.proxy.restore();
  await until(async () => ((await keyRow(keyId))?.calls ?? 0) >= before + 3, 15_000);
});

test("a replaced key ends by the gateway's own clock, also while the database is away, and its successor goes on", async () => {
  const { applicationId, key } = await application("Rotating");
  const next = await nextKey(applicationId);
  await until(async () => (await keyRow(next.keyId))?.used !== null);
  // Once the gateway has heard of the use, the end is in force at its day and not before.
  skewMs = 8 * DAY_MS;
  await until(async () => (await statusOf(key)) === 401);
  skewMs = 0;
  await world.proxy.cut();
  try {
    expect(await statusOf(key)).toBe(201);
    skewMs = 8 * DAY_MS;
    expect([await statusOf(key), await statusOf(next.key)]).toEqual([401, 201]);
    const restarted = await world.another({ clock: () => new Date(Date.now() + skewMs) });
    expect([await statusOn(restarted, key), await statusOn(restarted, next.key)]).toEqual([401, 201]);
  } finally {
    skewMs = 0;
    await world.proxy.restore();
  }
});

test("a replaced key whose successor was never used goes on after its day", async () => {
  const { applicationId, key } = await application("Forgotten");
  const made = await rotateApplicationKey(
    world.db.db,
    { applicationId, oldEndsInDays: 1 },
    SYSTEM,
    new Date(),
  );
  expect(made.ok).toBe(true);
  const inThreeDays = () => new Date(Date.now() + 3 * DAY_MS);
  const later = await world.another({ dataDir: `${world.dataDir}-later`, clock: inThreeDays });
  expect(await statusOn(later, key)).toBe(201);
});

test("a key revoked before the database went away stays refused, also by a gateway that starts without it", async () => {
  const { key, keyId } = await application("Leaked");
  await revokeApplicationKey(world.db.db, { keyId, reason: "leaked" }, SYSTEM, new Date());
  expect(await secondsUntil(401, key)).toBeLessThan(5);
  await world.proxy.cut();
  try {
    expect(await statusOf(key)).toBe(401);
    // What it knew for a start without the database is on the disk a moment after it is in force.
    let restarted = await world.another();
    await expect
      .poll(async () => {
        restarted = await world.another();
        return statusOn(restarted, key);
      })
      .toBe(401);
    expect(await statusOn(restarted, world.key)).toBe(201);
  } finally {
    await world.proxy.restore();
  }
});
