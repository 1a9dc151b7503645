import { SettingsError } from "#lib/env.ts";
import { CannotSeed } from "./seed/arguments.ts";
import { readArguments } from "./simulate/arguments.ts";
import { simulate } from "./simulate/run.ts";
import { say, tolerateClosedOutput } from "./supervisor/print.ts";

tolerateClosedOutput();
const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stop.abort());
try {
  const endedAsItShould = await simulate(readArguments(process.argv.slice(2)), { signal: stop.signal, say });
  process.exitCode = endedAsItShould ? 0 : 1;
} catch (error) {
  if (!(error instanceof CannotSeed || error instanceof SettingsError)) throw error;
  say(error.message);
  process.exitCode = 1;
}
