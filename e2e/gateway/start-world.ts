import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Sql } from "postgres";
import { inject } from "vitest";
import { type DatabaseClient, openDatabase } from "#db/client.ts";
import { dropDatabase } from "#db/testing/drop-database.ts";
import { type Gateway, type GatewayOptions, startGateway } from "#gateway/start-gateway.ts";
import { createApplicationWithKey } from "#lib/applications/create-application-with-key.ts";
import { readGatewaySettings } from "#lib/env.ts";
import { preparePolicy } from "#lib/policies/prepare-policy.ts";
import { putPolicy } from "#lib/policies/put-policy.ts";
import { findCurrentPolicy } from "#lib/policies/queries.ts";
import type { PolicyValues } from "#lib/policies/schema.ts";
import { prepareIntent } from "#lib/rollout/prepare-intent.ts";
import { createFakeFlags, type FakeFlags } from "#lib/unleash/fake-flags.ts";
import type { FaultPlan } from "#sandbox/faults.ts";
import { type Sandbox, type SandboxOptions, startSandbox } from "#sandbox/server.ts";
import { startTcpProxy, type TcpProxy } from "./tcp-proxy.ts";

const SYSTEM = { id: null, role: "system" } as const;
export const API_KEY = "0123456789abcdef0123456789abcdef";

/** What came back, and how long it took. */
export type Answer = { status: number; body: Record<string, unknown>; headers: Headers; ms: number };

export type World = {
  db: DatabaseClient;
  databaseUrl: string;
  proxy: TcpProxy;
  sandbox: Sandbox;
  flags: FakeFlags;
  gateway: Gateway;
  dataDir: string;
  /** The variables a gateway on this world starts with. */
  environment: Record<string, string>;
  /** The key of an application with the channel `web`. */
  key: string;
  applicationId: string;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  faults(plan: FaultPlan): Promise<void>;
  setPolicy(values: Partial<PolicyValues>): Promise<void>;
  /** Starts one more gateway on the same database and API. */
  another(options?: StartOptions): Promise<Gateway>;
  close(): Promise<void>;
};

type StartOptions = GatewayOptions & { dataDir?: string; environment?: Record<string, string> };

type WorldOptions = {
  sandbox?: SandboxOptions["settings"];
  apiKeySecondary?: string;
  gateway?: GatewayOptions;
};

/** A gateway over real sockets, with a PostgreSQL database of its own (behind a way that can be cut) and the sandbox. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const database = await copyDatabase();
  const db = openDatabase(database.url, { applicationName: "gatehouse-e2e", connections: 4 });
  const address = new URL(database.url);
  const proxy = await startTcpProxy({ host: address.hostname, port: Number(address.port) });
  const folder = await mkdtemp(join(tmpdir(), "gatehouse-e2e-"));
  const sandbox = await startSandbox({
    port: 0,
    apiKey: API_KEY,
    dataDir: join(folder, "sandbox"),
    ...(options.apiKeySecondary === undefined ? {} : { apiKeySecondary: options.apiKeySecondary }),
    ...(options.sandbox === undefined ? {} : { settings: options.sandbox }),
  });
  const at = new Date();
  await preparePolicy(db.db, at);
  await prepareIntent(db.db, { exposurePercent: 100 }, at);
  const made = await createApplicationWithKey(db.db, { name: "Sample", channels: ["web"] }, SYSTEM, at);
  if (!made.ok) throw new Error(`No application: ${made.code}`);
  const { key, applicationId } = made;
  const flags = createFakeFlags("flag_on", at);
  const dataDir = join(folder, "gateway");
  // As in an installation: the gateway owns no table.
  Object.assign(address, inject("databaseParts"), { port: String(proxy.port) });
  const environment = environmentFor(address.href, sandbox.url, dataDir);
  const start = (more: StartOptions = {}) => {
    const folder = more.dataDir ?? dataDir;
    const settings = readGatewaySettings({ ...environment, ...more.environment, GATEWAY_DATA_DIR: folder });
    return startGateway({ ...settings, port: 0 }, { flags, ...more });
  };
  const gateway = await start(options.gateway);
  const others: Gateway[] = [];
  return {
    ...{ db, databaseUrl: address.href, proxy, sandbox, flags, gateway, dataDir, key, environment },
    applicationId,
    call: (method, path, body, headers) => callGateway(gateway.url, key, method, path, body, headers),
    async faults(plan) {
      const answer = await fetch(`${sandbox.url}/__sandbox/faults`, {
        method: "PUT",
        headers: { "content-type": "application/json", "Ocp-Apim-Subscription-Key": API_KEY },
        body: JSON.stringify(plan),
      });
      if (!answer.ok) throw new Error(`The sandbox refused the faults: ${await answer.text()}`);
    },
    async setPolicy(values) {
      const current = await findCurrentPolicy(db.db);
      if (current === null) throw new Error("There is no policy");
      const change = {
        values: { ...current.values, ...values },
        basedOnVersion: current.version,
        reason: null,
      };
      const put = await putPolicy(db.db, change, SYSTEM, new Date());
      if (!put.ok && put.code === "unchanged") return;
      if (!put.ok) throw new Error("The policy was changed meanwhile");
      const version = put.policy.version;
      await until(async () => (await healthOf(gateway.url)).parts.control.policyVersion === version);
    },
    async another(more = {}) {
      const started = await start(more);
      others.push(started);
      return started;
    },
    async close() {
      await proxy.restore();
      for (const one of [gateway, ...others]) await one.close();
      await sandbox.close();
      await proxy.close();
      await db.close();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

type Health = {
  status: string;
  parts: Record<string, { status: string }> & {
    api: { status: string; people: string };
    control: { policyVersion: number };
  };
};

/** What a gateway says of itself. */
export async function healthOf(url: string): Promise<Health> {
  return (await (await fetch(`${url}/health`)).json()) as Health;
}

/** Waits until something is so; fails after ten seconds. */
export async function until(isSo: () => Promise<boolean> | boolean, withinMs = 10_000): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`Did not become so within ${withinMs} ms: ${isSo}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Calls a gateway as an application does. A string goes as it stands; anything else as JSON. */
export async function callGateway(
  url: string,
  key: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const startedMs = performance.now();
  const sent = body === undefined ? null : typeof body === "string" ? body : JSON.stringify(body);
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(sent === null ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    body: sent,
  });
  const text = await answer.text();
  const ms = Math.round(performance.now() - startedMs);
  const parsed = text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
  return { status: answer.status, body: parsed, headers: answer.headers, ms };
}

function environmentFor(databaseUrl: string, sandboxUrl: string, dataDir: string): Record<string, string> {
  return {
    GATEWAY_DATA_DIR: dataDir,
    GATEWAY_INSTANCE_NAME: `gw-${randomBytes(3).toString("hex")}`,
    DATABASE_URL: databaseUrl,
    UNLEASH_URL: "http://127.0.0.1:9",
    UNLEASH_CLIENT_TOKEN: "not-used",
    UNLEASH_ENVIRONMENT: "development",
    MULTIBIOMETRICS_URL: sandboxUrl,
    MULTIBIOMETRICS_API_KEY: API_KEY,
    GATEHOUSE_LOGIN_KEY_SECRET: "ab".repeat(32),
    GATEHOUSE_GATEWAY_SECRET: "cd".repeat(32),
    GATEHOUSE_AUDIT_SECRET: "ef".repeat(32),
    GATEHOUSE_LEDGER_SECRET: "12".repeat(32),
    GATEHOUSE_LEDGER_DIR: dataDir,
  };
}

async function copyDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const shared = inject("databaseUrl");
  const name = `gatehouse_e2e_${randomBytes(5).toString("hex")}`;
  const run = async (work: (sql: Sql) => Promise<unknown>) => {
    const admin = openDatabase(shared, { applicationName: "gatehouse-e2e-setup", connections: 1 });
    await work(admin.sql).finally(() => admin.close());
  };
  await run((sql) => sql`create database ${sql(name)} template ${sql(inject("databaseTemplate"))}`);
  const url = new URL(shared);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run((sql) => dropDatabase(sql, name)) };
}
