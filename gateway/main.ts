import { readGatewaySettings, SettingsError } from "#lib/env.ts";
import { openBusyLog } from "#lib/log.ts";
import { type Gateway, startGateway } from "./start-gateway.ts";

/** Longest what is in flight may take to end before the process goes anyway. */
const SHUTDOWN_MS = 15_000;

const log = openBusyLog();
let gateway: Gateway | undefined;
let isStopping = false;

async function stop(why: string): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  log.info({ why }, "The gateway stops");
  setTimeout(() => process.exit(1), SHUTDOWN_MS).unref();
  await gateway?.close();
  process.exit(0);
}

for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void stop(signal));
// The start command is gone: nobody would stop us.
process.on("disconnect", () => void stop("parent gone"));

process.on("uncaughtException", (error) => {
  // The flags' client throws when it is destroyed while a request is under way. While stopping that changes nothing;
  // at any other time an error nobody caught leaves the process in a state nobody knows.
  log.fatal({ err: error, isStopping }, "An error nobody caught");
  if (!isStopping) process.exit(1);
});

try {
  gateway = await startGateway(readGatewaySettings(), { log });
  process.send?.("ready");
} catch (error) {
  log.fatal({ err: error instanceof SettingsError ? error.message : error }, "The gateway could not start");
  process.exit(1);
}
