import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "#lib/ids.ts";
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

const simulate = (scenario: Scenario, on = installation) => {
  const wanted = readArguments(["--scenario", scenario, "--seed", String(SEED), "--approve"]);
  return simulateOn(on, wanted, { signal: new AbortController().signal, say });
};

async function faultsInForce(): Promise<unknown> {
  const { sandboxUrl, multibiometrics } = installation.site;
  const headers = { "Ocp-Apim-Subscription-Key": multibiometrics.apiKey };
  return (await fetch(`${sandboxUrl}/__sandbox/faults`, { headers })).json();
}

/** What the flag exposes afterwards. An outage is rolled back by the limit of errors, or waited out. */
const EXPOSED: Record<Scenario, readonly number[]> = {
  ...{ harmless: [100], harmful: [0], outage: [0, 100], slow: [0], incident: [100] },
};

test.each(SCENARIOS)(
  "a rollout that is %s ends as it should, nobody is left without an answer, and the API is well again",
  async (scenario) => {
    expect(await simulate(scenario)).toBe(true);
    const standing = await findStanding(installation.database.db);
    expect(EXPOSED[scenario]).toContain(standing?.intent.exposurePercent);
    expect(standing?.rollout).toBeNull();
    expect(await faultsInForce()).toEqual({});
  },
  LONGEST_MS,
);

test("nothing is simulated where the API is the company's own, or anybody is not made up", async () => {
  const { site } = installation;
  const elsewhere = { ...site, embedded: { ...site.embedded, api: false } };
  await expect(simulate("harmless", { ...installation, site: elsewhere })).rejects.toThrow(/local stand-in/);
  await installation.database.sql`
    insert into people (id, custom_id, custom_id_folded, status, legal_basis, bucket, created_at)
    values (${newId()}, 'somebody', 'somebody', 'enrolled', 'lgpd_11_i_consent', 1, now())`;
  await expect(simulate("harmless")).rejects.toThrow(/people who were not made up/);
});
