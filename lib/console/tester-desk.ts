import "server-only";
import type { TesterDesk } from "#lib/campaigns/types.ts";
import { systemClock } from "#lib/clock.ts";
import { consoleMultibiometrics } from "./multibiometrics.ts";
import { consoleDatabase } from "./runtime.ts";

/** What the steps of a tester need of this process. */
export const testerDesk = (): TesterDesk => {
  return { db: consoleDatabase(), api: consoleMultibiometrics(), clock: systemClock };
};
