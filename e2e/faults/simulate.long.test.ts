import { afterAll, beforeAll, expect, test } from "vitest";
import { findStanding } from "#lib/rollout/queries.ts";
import { type OpenInstallation, openInstallation } from "#scripts/seed/open-installation.ts";
import { readArguments } from "#scripts/simulate/arguments.ts";
import { startOwnInstallation } from "#scripts/simulate/own-installation.ts";
import { simulateOn } from "#scripts/simulate/run.ts";
import { SCENARIOS, type Scenario } from "#scripts/simulate/scenarios.ts";
import { say } from "#scripts/supervisor/print.ts";
import type { TemporaryStack } from "#scripts/supervisor/temporary-stack.ts";

const SEED = 1;
/** Enrolling everybody and the longest scenario, on a machine with other work. */
const LONGEST_MS = 1_800_000;

let own: TemporaryStack;
let installation: OpenInstallation;
beforeAll(async () => {
  own = await startOwnInstallation(SEED, say);
  installation = await openInstallation(own.settings);
});
afterAll(async () => {
  await installation?.database.close();
  await own?.stop();
});

/** What the flag exposes afterwards. */
const EXPOSED: Record<Scenario, readonly number[]> = {
  harmless: [100],
  harmful: [0],
  // By the rule's own choice: rolled back by the limit of errors, or waited out.
  outage: [0, 100],
  slow: [0],
  incident: [100],
};

test.each(SCENARIOS)(
  "a rollout that is %s ends as it should, and nobody is left without an answer",
  async (scenario) => {
    const args = ["--scenario", scenario, "--seed", String(SEED), "--approve", "--logins-per-minute", "1200"];
    const signal = new AbortController().signal;
    expect(await simulateOn(installation, readArguments(args), { signal, say })).toBe(true);
    const standing = await findStanding(installation.database.db);
    expect(EXPOSED[scenario]).toContain(standing?.intent.exposurePercent);
    expect(standing?.rollout).toBeNull();
  },
  LONGEST_MS,
);
