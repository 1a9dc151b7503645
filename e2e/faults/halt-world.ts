import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DatabaseClient, openDatabase } from "#db/client.ts";
import { adminToken, clientToken, makeUnleash, type TestUnleash } from "#e2e/contract/start-unleash.ts";
import { systemClock } from "#lib/clock.ts";
import { newId } from "#lib/ids.ts";
import { changeRollout, type RolloutDesk } from "#lib/rollout/change-rollout.ts";
import { findIntent } from "#lib/rollout/queries.ts";
import type { ChangeResult } from "#lib/rollout/types.ts";
import { createUnleashAdmin } from "#lib/unleash/admin.ts";
import { prepareRollout } from "#lib/unleash/prepare-rollout.ts";
import { type DeafProxy, startDeafProxy } from "./deaf-proxy.ts";
import { type GatewayProcess, makeGatewayProcess, prepareGatewayData } from "./gateway-process.ts";
import { startOwnPostgres } from "./own-postgres.ts";
import { startApiStandIn } from "./stand-ins.ts";

const ENVIRONMENT = "development";
const NAMES = ["gateway-a", "gateway-b", "gateway-c"];
const manager = { id: newId(), role: "product_manager" as const };

export type HaltWorld = {
  unleash: TestUnleash;
  /** Between the gateways and PostgreSQL. */
  proxy: DeafProxy;
  database: DatabaseClient;
  desk: RolloutDesk;
  urls: Record<string, string>;
  key: string;
  customIds: string[];
  /** The click, as the console's action does it. */
  halt(): Promise<ChangeResult>;
  release(): Promise<ChangeResult>;
  close(): Promise<void>;
};

/** Three gateway processes on a PostgreSQL and an Unleash of their own, everybody enrolled and exposed. */
export async function startHaltWorld(sharedDatabaseUrl: string, people: number): Promise<HaltWorld> {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-halt-"));
  const postgres = await startOwnPostgres();
  const unleash = await makeUnleash(sharedDatabaseUrl);
  await unleash.start();
  const api = await startApiStandIn();
  const { key, customIds } = await prepareGatewayData(postgres.url, people);
  const prepared = await prepareRollout({
    ...{ url: unleash.url, adminToken, environment: ENVIRONMENT, initialExposurePercent: 100 },
  });
  if (!prepared.ok) throw new Error(`No flag: ${prepared.code}`);
  const behind = new URL(postgres.url);
  const proxy = await startDeafProxy({ host: behind.hostname, port: Number(behind.port) });
  behind.port = String(proxy.port);
  const gateways: [string, GatewayProcess][] = [];
  for (const name of NAMES) {
    const place = { databaseUrl: behind.href, dataDir: join(folder, name), apiUrl: api.url, name };
    const made = await makeGatewayProcess({ ...place, flagsUrl: unleash.url, flagsToken: clientToken });
    await made.start();
    gateways.push([name, made]);
  }
  const database = openDatabase(postgres.url, { connections: 2, applicationName: "gatehouse-faults" });
  const admin = createUnleashAdmin({ url: unleash.url, adminToken, timeoutMs: 3_000 });
  const desk = { db: database.db, admin, environment: ENVIRONMENT, clock: systemClock };
  const change = (kind: "halt" | "release_halt", seenVersion: number | null) =>
    changeRollout(desk, { wish: { kind }, seenVersion, digest: null, reason: null }, manager);
  return {
    ...{ unleash, proxy, database, desk, key, customIds },
    urls: Object.fromEntries(gateways.map(([name, { url }]) => [name, url])),
    halt: () => change("halt", null),
    release: async () => change("release_halt", (await findIntent(database.db))?.version ?? 0),
    async close() {
      for (const [, gateway] of gateways) await gateway.stop();
      await database.close();
      await Promise.all([proxy.close(), api.close(), unleash.remove()]);
      await postgres.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
