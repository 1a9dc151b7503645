import { afterAll, beforeAll, expect, test } from "vitest";
import type { Gateway } from "#gateway/start-gateway.ts";
import { sampleFace } from "#sandbox/testing/sample-faces.ts";
import { type Answer, callGateway, healthOf, startWorld, until, type World } from "./start-world.ts";

let world: World;
let face: string;
const figures: string[] = [];

beforeAll(async () => {
  world = await startWorld();
  face = (await sampleFace("A")).toString("base64");
  const body = { customId: "fabio", legalBasis: "lgpd_11_i_consent", face };
  expect((await world.call("POST", "/v1/enrollments", body)).status).toBe(201);
});
afterAll(async () => {
  process.stdout.write(`\n${figures.join("\n")}\n`);
  await world.close();
});

const on = (gateway: Gateway, path: string, body: unknown) =>
  callGateway(gateway.url, world.key, "POST", path, body);
const openOn = (gateway: Gateway) => on(gateway, "/v1/logins", { customId: "fabio" });
const isBack = (gateway: Gateway) => async () =>
  (await healthOf(gateway.url)).parts.database?.status === "ok";
const recorded = async (answer: Answer, table: "logins" | "login_outcomes" | "verifications") => {
  const column = table === "logins" ? "id" : "login_id";
  const id = uuidIn(String(answer.body.loginId));
  const [row] = await world.db.sql.unsafe(`select count(*)::int as n from ${table} where ${column} = $1`, [
    id,
  ]);
  return row?.n as number;
};

function uuidIn(loginId: string): string {
  const hex = Buffer.from(loginId.slice(3), "base64url").subarray(0, 16).toString("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

test.each(["cut", "freeze"] as const)(
  "with the database %s logins are answered, kept and replayed once",
  async (how) => {
    const second = await world.another({ dataDir: `${world.dataDir}-${how}` });
    const open = await openOn(world.gateway);
    const openElsewhere = await openOn(second);
    expect(open.body).toMatchObject({ path: "biometric" });
    await world.proxy[how]();

    const first = await openOn(world.gateway);
    figures.push(`database ${how}: first login ${first.ms} ms (${first.body.reason})`);
    expect(first.body).toMatchObject({ path: "legacy", reason: "ledger_unavailable" });
    const next = await openOn(world.gateway);
    figures.push(`database ${how}: next login ${next.ms} ms (${next.body.reason})`);
    expect(next.body).toMatchObject({ path: "legacy", reason: "ledger_unavailable" });
    expect(next.ms).toBeLessThan(300);

    const goesOn = await on(world.gateway, `/v1/logins/${open.body.loginId}/verifications`, { face });
    figures.push(`database ${how}: a login opened before goes on, ${goesOn.ms} ms (${goesOn.body.decision})`);
    expect(goesOn.body).toMatchObject({ decision: "approved", reason: "matched" });
    const path = `/v1/logins/${openElsewhere.body.loginId}/verifications`;
    const elsewhere = await on(world.gateway, path, { face });
    expect(elsewhere.body).toMatchObject({ decision: "use_legacy", reason: "ledger_unavailable" });
    const ended = await on(world.gateway, `/v1/logins/${first.body.loginId}/legacy-outcome`, {
      succeeded: true,
    });
    expect(ended.status).toBe(204);
    const body = { customId: "gil", legalBasis: "lgpd_11_i_consent", face };
    const enrolment = await on(world.gateway, "/v1/enrollments", body);
    expect(enrolment).toMatchObject({ status: 503, body: { code: "database_away" } });
    expect(enrolment.headers.get("retry-after")).not.toBeNull();
    expect((await healthOf(world.gateway.url)).status).toBe("degraded");

    const restoredMs = performance.now();
    await world.proxy.restore();
    await until(isBack(world.gateway));
    figures.push(
      `database ${how}: asked again ${Math.round(performance.now() - restoredMs)} ms after its return`,
    );
    await until(async () => (await recorded(first, "login_outcomes")) === 1);
    await until(async () => (await recorded(open, "login_outcomes")) === 1);
    expect(await recorded(first, "logins")).toBe(1);
    expect(await recorded(next, "logins")).toBe(1);
    expect(await recorded(open, "verifications")).toBe(1);
    const [{ subject } = { subject: 0 }] = await world.db.sql`
    select count(*)::int as subject from logins l join people p on p.id = l.person_id
    where p.custom_id = 'fabio' and l.reason = 'ledger_unavailable'`;
    expect(subject).toBeGreaterThanOrEqual(2);
  },
);

test("a gateway that starts with the database away knows its keys, answers logins, and recovers", async () => {
  const dataDir = `${world.dataDir}-cut`;
  await world.proxy.cut();
  const started = performance.now();
  const gateway = await world.another({ dataDir });
  figures.push(`started without the database in ${Math.round(performance.now() - started)} ms`);
  const answer = await openOn(gateway);
  expect(answer).toMatchObject({ status: 201, body: { path: "legacy" } });
  figures.push(`a login on it: ${answer.ms} ms (${answer.body.reason})`);
  const wrong = await callGateway(gateway.url, `gk_live_${"A".repeat(43)}`, "POST", "/v1/logins", {});
  expect(wrong).toMatchObject({ status: 401, body: { code: "key_refused" } });
  await world.proxy.restore();
  await until(async () => (await openOn(gateway)).body.path === "biometric");
});

test("a gateway that hears neither the database nor Unleash for two minutes turns to legacy by itself", async () => {
  let skewMs = 0;
  const clock = () => new Date(Date.now() + skewMs);
  const gateway = await world.another({ dataDir: `${world.dataDir}-silent`, clock });
  const open = await openOn(gateway);
  expect(open.body).toMatchObject({ path: "biometric" });
  await world.proxy.cut();
  await until(async () => (await openOn(gateway)).body.reason === "ledger_unavailable");
  skewMs = 2 * 60_000 + 10_000;
  expect((await openOn(gateway)).body).toMatchObject({ path: "legacy", reason: "control_silent" });
  const tried = await on(gateway, `/v1/logins/${open.body.loginId}/verifications`, { face });
  expect(tried.body).toMatchObject({ decision: "use_legacy", reason: "control_silent" });
  await world.proxy.restore();
  await until(async () => (await openOn(gateway)).body.path === "biometric");
});

test("a gateway without database and snapshot says that it does not know the keys yet", async () => {
  await world.proxy.cut();
  const gateway = await world.another({ dataDir: `${world.dataDir}-fresh` });
  const answer = await openOn(gateway);
  expect(answer).toMatchObject({ status: 503, body: { code: "keys_not_loaded" } });
  await world.proxy.restore();
  await until(async () => (await openOn(gateway)).status === 201);
});
