import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { dropDatabase } from "#db/testing/drop-database.ts";
import { findFreePort } from "#scripts/supervisor/ports.ts";

export const adminToken = "*:*.for-this-test-run-only-admin";
export const clientToken = "default:development.for-this-test-run-only-client";

export type TestUnleash = {
  url: string;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Lets the client token expire for the next start, or be good again. */
  spoilClientToken(spoilt: boolean): Promise<void>;
  remove(): Promise<void>;
};

const OURS = fileURLToPath(new URL("../../scripts/parts/unleash-main.ts", import.meta.url));
const OLDER = fileURLToPath(new URL("./older-unleash-main.ts", import.meta.url));

/**
 * A real Unleash in a process of its own, on a database of its own that goes with it. Not started yet. With a folder it is
 * the one installed there instead of ours.
 */
export async function makeUnleash(databaseUrl: string, folder?: string): Promise<TestUnleash> {
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const database = `unleash_contract_${process.pid}_${port}`;
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  await sql`create database ${sql(database)}`;
  const own = new URL(databaseUrl);
  own.pathname = `/${database}`;
  let child: ChildProcess | null = null;

  async function stop(): Promise<void> {
    if (child === null) return;
    const exited = once(child, "exit");
    child.kill("SIGTERM");
    await exited;
    child = null;
  }

  return {
    url,
    stop,
    async start() {
      const { PATH, HOME } = process.env;
      child = fork(folder === undefined ? OURS : OLDER, {
        execArgv: ["--import", "tsx"],
        stdio: ["ignore", "ignore", "ignore", "ipc"],
        env: {
          PATH,
          HOME,
          NODE_ENV: "production",
          DATABASE_URL: own.href,
          DATABASE_SSL: "false",
          HTTP_HOST: "127.0.0.1",
          HTTP_PORT: String(port),
          UNLEASH_URL: url,
          UNLEASH_SECRET: "for-this-test-run-only",
          UNLEASH_DEFAULT_ADMIN_USERNAME: "admin",
          UNLEASH_DEFAULT_ADMIN_PASSWORD: "for-this-test-run-only",
          INIT_ADMIN_API_TOKENS: adminToken,
          [folder === undefined ? "INIT_BACKEND_API_TOKENS" : "INIT_CLIENT_API_TOKENS"]: clientToken,
          ...(folder === undefined ? {} : { UNLEASH_FOLDER: folder }),
        },
      });
      const ended = once(child, "exit").then(() => Promise.reject(new Error("Unleash ended while starting")));
      await Promise.race([once(child, "message"), ended]);
    },
    async spoilClientToken(spoilt) {
      const tokens = postgres(own.href, { max: 1 });
      const expiresAt = spoilt ? new Date(Date.now() - 3_600_000) : null;
      await tokens`update api_tokens set expires_at = ${expiresAt} where secret = ${clientToken}`;
      await tokens.end();
    },
    async remove() {
      await stop();
      await dropDatabase(sql, database);
      await sql.end();
    },
  };
}
