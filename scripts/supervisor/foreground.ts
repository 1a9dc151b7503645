import { dirname, join } from "node:path";
import { readStartSettings, SettingsError } from "#lib/env.ts";
import type { SignIn } from "../first-start.ts";
import { rememberedDataDir } from "../postgres/place.ts";
import type { Installation } from "./installation.ts";
import { say, seconds } from "./print.ts";
import { Stack } from "./stack.ts";
import { CannotStart } from "./state-dir.ts";
import { PartFailed, type SupervisedPart } from "./supervised-part.ts";
import { restartOnChange } from "./watch.ts";

/** A second Ctrl-C soon after the first is the same one, passed on by npm; a later one means "at once". */
const SAME_KEYPRESS_MS = 1500;
const WARNINGS_EVERY_MS = 60_000;

/** Starts everything, stays until it is told to stop, and leaves nothing running behind. Sets the exit code. */
export async function runInForeground({ watch }: { watch: boolean }): Promise<void> {
  const since = performance.now();
  let stack: Stack | undefined;
  const stopping = onStopSignal(async () => {
    say("Stopping.");
    await stack?.stop();
    say("Gatehouse has stopped.");
    process.exit(0);
  });
  try {
    stack = await Stack.claim(readStartSettings(), { watch, say });
    say(`Starting Gatehouse. Its state and logs are in ${stack.site.stateDir}`);
    const { firstSignIn } = await stack.start();
    if (watch) restartOnChange(stack.runningParts);
    reportWarnings(stack.runningParts);
    for (const line of welcome(stack.site, firstSignIn)) say(line);
    say(`Everything is up after ${seconds(since)}. Ctrl-C stops it.`);
    say("Gatehouse is ready");
  } catch (error) {
    if (stopping.begun) return;
    say(inWords(error));
    process.exit(1);
  }
}

/** Logs are in files; the terminal only learns that one of them has something to say. */
function reportWarnings(parts: readonly SupervisedPart[]): void {
  const seen = new Map(parts.map((part) => [part, part.log.warnings]));
  const report = () => {
    for (const part of parts) {
      const fresh = part.log.warnings - (seen.get(part) ?? 0);
      seen.set(part, part.log.warnings);
      if (fresh > 0)
        say(`${part.plan.title}: ${fresh} warnings or errors in the last minute. See ${part.log.path}`);
    }
  };
  setInterval(report, WARNINGS_EVERY_MS).unref();
}

/** Shown once the addresses answer; the password only at the start that made it. */
function welcome(site: Installation, firstSignIn: SignIn | undefined): string[] {
  const file = join(site.stateDir, "first-sign-in.txt");
  const postgres = rememberedDataDir(site.stateDir);
  const elsewhere = postgres !== undefined && !postgres.startsWith(site.stateDir);
  return [
    ...(elsewhere && site.embedded.postgres
      ? [`PostgreSQL's own user cannot enter ${site.stateDir}; its files are in ${dirname(postgres)}`]
      : []),
    `Console       ${site.consoleUrl}`,
    `Sample app    ${site.consoleUrl}/sample`,
    `Gateway       ${site.gatewayUrl}/docs`,
    ...(firstSignIn
      ? [
          "First administrator, shown this once:",
          `  E-mail      ${firstSignIn.email}`,
          `  Password    ${firstSignIn.password}`,
          `It is also in ${file}`,
        ]
      : []),
  ];
}

function onStopSignal(stop: () => Promise<void>): { begun: boolean } {
  const state = { begun: false };
  let firstAt = 0;
  const handle = () => {
    if (state.begun) {
      if (performance.now() - firstAt > SAME_KEYPRESS_MS) process.exit(130);
      return;
    }
    state.begun = true;
    firstAt = performance.now();
    void stop();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, handle);
  return state;
}

function inWords(error: unknown): string {
  const known = error instanceof CannotStart || error instanceof PartFailed || error instanceof SettingsError;
  if (known) return `Gatehouse did not start. ${error.message}`;
  return `Gatehouse did not start. ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}
