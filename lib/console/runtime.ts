import "server-only";
import { type DatabaseClient, openDatabase } from "#db/client.ts";
import { type ConsoleSettings, readConsoleSettings } from "#lib/env.ts";

type Runtime = { settings?: ConsoleSettings; client?: DatabaseClient; startedAt: Date };

// Development reloads modules while the process lives on: the pool must not be opened once per reload.
const holder = globalThis as typeof globalThis & { gatehouseConsole?: Runtime };
holder.gatehouseConsole ??= { startedAt: new Date() };
const runtime = holder.gatehouseConsole;

/** The console's settings, read once, at the first request: a build has none. */
export function consoleSettings(): ConsoleSettings {
  runtime.settings ??= readConsoleSettings();
  return runtime.settings;
}

/** The one pool of this process, as what listens on it needs it. */
export function consoleClient(): DatabaseClient {
  runtime.client ??= openDatabase(consoleSettings().databaseUrl, {
    connections: 10,
    statementTimeoutMs: 5000,
    applicationName: "gatehouse-console",
  });
  return runtime.client;
}

/** The one pool of this process. */
export const consoleDatabase = (): DatabaseClient["db"] => consoleClient().db;

/** When this console process came up. */
export const consoleStartedAt = (): Date => runtime.startedAt;
