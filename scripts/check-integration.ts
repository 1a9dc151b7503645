import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { SettingsError } from "#lib/env.ts";
import { checkIntegration } from "./check-integration/run.ts";
import { CannotSeed } from "./seed/arguments.ts";
import { openInstallation } from "./seed/open-installation.ts";
import { say, tolerateClosedOutput } from "./supervisor/print.ts";

const USAGE = `npm run check-integration [-- --yes]
Calls every operation of the configured Multibiometrics API and provokes every error of its guide, with made-up CustomIDs
that are deleted again; against a production API only what can write nobody. It says how many calls of your plan that
takes and asks first; --yes answers for a pipeline. Ends with 0 where every check passes or differs and is handled,
with 1 where one fails, with 2 where the checks could not be made.`;

/** The checks could not be made. */
const NOT_MADE = 2;

tolerateClosedOutput();
try {
  const isAgreed = readAgreement(process.argv.slice(2));
  const installation = await openInstallation();
  try {
    process.exitCode = await checkIntegration(installation, isAgreed ? async () => true : ask);
  } finally {
    await installation.database.close();
  }
} catch (error) {
  process.exitCode = NOT_MADE;
  if (!(error instanceof CannotSeed || error instanceof SettingsError)) throw error;
  say(error.message);
}

/** Nobody at a terminal has not agreed to anything. */
async function ask(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    say(`${question} Nobody is here to answer: add --yes.`);
    return false;
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`${question} [y/N] `);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

function readAgreement(args: string[]): boolean {
  try {
    return parseArgs({ args, options: { yes: { type: "boolean", short: "y" } } }).values.yes === true;
  } catch (error) {
    throw new CannotSeed(
      `${error instanceof Error ? error.message : "These arguments cannot be used."}\n\n${USAGE}`,
    );
  }
}
