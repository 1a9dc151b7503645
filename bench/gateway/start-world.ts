import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { adminToken, clientToken, makeUnleash } from "#e2e/contract/start-unleash.ts";
import { makeGatewayProcess, prepareGatewayData } from "#e2e/faults/gateway-process.ts";
import { startOwnPostgres } from "#e2e/faults/own-postgres.ts";
import { prepareRollout } from "#lib/unleash/prepare-rollout.ts";
import { GATEWAY_NODE_OPTIONS } from "#scripts/parts/plans.ts";
import { findFreePort } from "#scripts/supervisor/ports.ts";
import { type Load, startLoad } from "./start-load.ts";
import type { Target } from "./types.ts";

/** So many that hardly two logins at once are one person's. */
export const PEOPLE = 20_000;
const ENVIRONMENT = "development";
/** The Base64 of a face of 60 KiB: the head of a JPEG and bytes that do not compress, as those of a JPEG. */
const FACE_BYTES = 45 * 1024;

export type BenchWorld = {
  gateway: Target;
  proxy: Target;
  load: Load;
  /** Logins answered as approved so far. */
  answered: { proxy: number; gateway: number };
  /** Answered otherwise, as where a machine too busy made a call or a record come too late, or not at all. */
  others: { proxy: number; gateway: number };
  /** Approved logins that the database holds, and answers kept for their Idempotency-Key. */
  countKept(): Promise<{ recorded: number; repeatable: number }>;
  /** Does what PostgreSQL does by itself within the first minute: without it, plans are those of empty tables. */
  analyze(): Promise<void>;
  stop(): Promise<void>;
};

/**
 * The gateway as it is started in earnest, on a PostgreSQL that waits for its disk and on a real Unleash, everybody
 * enrolled and exposed; beside it the bare proxy, both before the same null API. Every part is a process of its own.
 */
export async function startBenchWorld(profileDir: string | null): Promise<BenchWorld> {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-bench-"));
  const cleanUp: (() => Promise<void> | void)[] = [() => rmSync(folder, { recursive: true, force: true })];
  const stop = async () => {
    for (const end of cleanUp.reverse()) await end();
  };
  try {
    const database = await startOwnPostgres();
    cleanUp.push(() => database.remove());
    const flags = await makeUnleash(database.superuserUrl("postgres"));
    cleanUp.push(() => flags.remove());
    await flags.start();
    const prepared = await prepareRollout({
      ...{ url: flags.url, adminToken, environment: ENVIRONMENT, initialExposurePercent: 100 },
    });
    if (!prepared.ok) throw new Error(`No flag: ${prepared.code}`);
    const { key, customIds } = await prepareGatewayData(database.url, PEOPLE);
    const api = await startOwn("null-api.ts");
    cleanUp.push(api.stop);
    const proxy = await startOwn("bare-proxy.ts", api.url);
    cleanUp.push(proxy.stop);
    const gateway = await makeGatewayProcess({
      databaseUrl: database.url,
      dataDir: join(folder, "gateway"),
      apiUrl: api.url,
      flagsUrl: flags.url,
      flagsToken: clientToken,
      // As the start command does it: its log is read from a pipe.
      onLog: () => undefined,
      environment: { NODE_ENV: "production", LOG_LEVEL: "info", GATEWAY_CALLS_PER_SECOND: "1000000" },
      nodeOptions: [
        ...GATEWAY_NODE_OPTIONS,
        ...(profileDir === null ? [] : ["--cpu-prof", `--cpu-prof-dir=${profileDir}`]),
      ],
    });
    await gateway.start();
    cleanUp.push(() => gateway.stop());
    const load = startLoad({ key, customIds, faceBase64: makeFace() });
    cleanUp.push(() => load.stop());
    return {
      gateway: { url: gateway.url, approved: '"decision":"approved"' },
      proxy: { url: proxy.url, approved: '"Match":true' },
      load,
      answered: { proxy: 0, gateway: 0 },
      others: { proxy: 0, gateway: 0 },
      countKept: () => countKept(database.url),
      analyze: () => analyze(database.url),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startOwn(file: string, ...more: string[]) {
  const port = await findFreePort();
  const entry = fileURLToPath(new URL(file, import.meta.url));
  const child = fork(entry, [String(port), ...more], { execArgv: ["--import", "tsx"] });
  await once(child, "message");
  return { url: `http://127.0.0.1:${port}`, stop: () => void child.kill() };
}

function makeFace(): string {
  const bytes = Buffer.alloc(FACE_BYTES, crypto.getRandomValues(new Uint8Array(4099)));
  bytes.set([0xff, 0xd8, 0xff, 0xe0]);
  return bytes.toString("base64");
}

async function analyze(databaseUrl: string): Promise<void> {
  // Tables of the system, which are not ours, are passed over with a notice each.
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  await sql`vacuum analyze`;
  await sql.end();
}

async function countKept(databaseUrl: string): Promise<{ recorded: number; repeatable: number }> {
  const sql = postgres(databaseUrl, { max: 1 });
  const [row] = await sql<{ recorded: number; repeatable: number }[]>`
    select (select count(*) from login_outcomes where outcome = 'completed_biometric')::integer as recorded,
      (select count(*) from idempotency_keys where status = 201)::integer as repeatable`;
  await sql.end();
  return row ?? { recorded: 0, repeatable: 0 };
}
