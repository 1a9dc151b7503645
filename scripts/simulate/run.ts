import { systemClock } from "#lib/clock.ts";
import { log } from "#lib/log.ts";
import { createMultibiometrics } from "#lib/multibiometrics/client.ts";
import type { GatewayAccess } from "#lib/sample/call-gateway.ts";
import { hasRealPeople } from "#lib/sample-data/queries.ts";
import { registerSampleApplication } from "#lib/sample-data/register-sample-application.ts";
import { SAMPLE_DATA_LOCK } from "#lib/sample-data/schema.ts";
import { CannotSeed } from "../seed/arguments.ts";
import { type OpenInstallation, openInstallation } from "../seed/open-installation.ts";
import { startProgress } from "../seed/progress.ts";
import type { SimulationArguments } from "./arguments.ts";
import { sandboxFaults } from "./faults.ts";
import { startOwnInstallation } from "./own-installation.ts";
import { enrolPeople, makePeople, type SimulatedPerson } from "./people.ts";
import { rehearse } from "./rehearse.ts";

const SYSTEM = { id: null, role: "system" } as const;
const APPLICATION = { name: "Sample data: simulation", channels: ["web"] };

export type Surroundings = { signal: AbortSignal; say: (line: string) => void };

/**
 * Lets a scenario happen on the installation of this machine, or on one of its own, and says what happened. Answers whether
 * it ended as it should. Whatever happens, the sandbox has no faults afterwards.
 * @throws CannotSeed saying what stands in the way.
 */
export async function simulate(wanted: SimulationArguments, around: Surroundings): Promise<boolean> {
  const own = wanted.own ? await startOwnInstallation(wanted.seed, around.say) : null;
  try {
    const installation = await openInstallation(own?.settings);
    try {
      return await simulateOn(installation, wanted, around);
    } finally {
      await installation.database.close();
    }
  } finally {
    await own?.stop();
  }
}

/**
 * The same on an installation that is open already.
 * @throws CannotSeed saying what stands in the way.
 */
export async function simulateOn(
  installation: OpenInstallation,
  wanted: SimulationArguments,
  around: Surroundings,
): Promise<boolean> {
  const { site, database } = installation;
  await refuseWhatStands(installation, wanted);
  // Held for as long as this connection, so that nobody removes what is being made, and no second simulation begins.
  const held = await database.sql.reserve();
  try {
    const [free] = await held<{ free: boolean }[]>`
      select pg_try_advisory_lock(hashtext(${SAMPLE_DATA_LOCK})) as free`;
    if (!free?.free)
      throw new CannotSeed("Sample data is being made or removed at this moment. Wait until that is done.");
    const at = systemClock();
    const application = { application: APPLICATION, seed: wanted.seed };
    const { key } = await registerSampleApplication(database.db, application, SYSTEM, at);
    // A simulation that was killed may have left some.
    const faults = sandboxFaults({ url: site.sandboxUrl, apiKey: site.multibiometrics.apiKey });
    await faults.put({});
    const access = { gatewayUrl: site.gatewayUrl, applicationKey: key, locale: "en" };
    const people = await makePeople(wanted.people);
    const enrolled = await enrolAll(installation, { access, people, signal: around.signal });
    if (around.signal.aborted) return false;
    return await rehearse({ installation, wanted, faults, access, people, enrolled, ...around });
  } finally {
    await held`select pg_advisory_unlock(hashtext(${SAMPLE_DATA_LOCK}))`;
    held.release();
  }
}

/** The flag is led up and down and the API is made to fail: that is for a trial, and for nobody else. */
async function refuseWhatStands(
  { site, database }: OpenInstallation,
  wanted: SimulationArguments,
): Promise<void> {
  if (!site.embedded.api) {
    throw new CannotSeed(
      `This installation calls the Multibiometrics API at ${new URL(site.multibiometrics.url).origin}. A simulation enrols made-up\n` +
        "people and makes the API fail, so it runs only with the local stand-in: start one without MULTIBIOMETRICS_URL.",
    );
  }
  if (wanted["beside-real-data"] || !(await hasRealPeople(database.db))) return;
  throw new CannotSeed(
    "This installation knows people who were not made up. A simulation leads the flag up and down for them too, and counts\n" +
      "its logins beside theirs. To do so all the same, add --beside-real-data; or let it run on its own: --own",
  );
}

async function enrolAll(
  { site, database }: OpenInstallation,
  { access, people, signal }: { access: GatewayAccess; people: SimulatedPerson[]; signal: AbortSignal },
): Promise<number> {
  const api = createMultibiometrics({ ...site.multibiometrics, log });
  const { progress, end } = startProgress();
  try {
    return await enrolPeople({ access, api, sql: database.sql, signal }, people, progress);
  } finally {
    end();
    await api.close();
  }
}
