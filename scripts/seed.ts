import { systemClock } from "#lib/clock.ts";
import { SettingsError } from "#lib/env.ts";
import { CannotSeed, readArguments } from "./seed/arguments.ts";
import { openInstallation } from "./seed/open-installation.ts";
import { seed, unseed } from "./seed/run.ts";
import { say, tolerateClosedOutput } from "./supervisor/print.ts";

tolerateClosedOutput();
try {
  const wanted = readArguments(process.argv.slice(2), systemClock());
  const installation = await openInstallation();
  try {
    await (wanted.remove ? unseed(installation) : seed(installation, wanted));
  } finally {
    await installation.database.close();
  }
} catch (error) {
  if (!(error instanceof CannotSeed || error instanceof SettingsError)) throw error;
  say(error.message);
  process.exitCode = 1;
}
