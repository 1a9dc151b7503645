import { auditKeyOf } from "#lib/audit/seal-bytes.ts";
import { systemClock } from "#lib/clock.ts";
import { findRealData, findSampleData } from "#lib/sample-data/queries.ts";
import { removeSampleData } from "#lib/sample-data/remove-sample-data.ts";
import { say, seconds } from "../supervisor/print.ts";
import { CannotSeed, type SeedArguments } from "./arguments.ts";
import type { OpenInstallation } from "./open-installation.ts";
import { plantSampleData } from "./plant.ts";
import { startProgress } from "./progress.ts";
import { analyseTables, summarise } from "./summary.ts";

const DAY_MS = 86_400_000;
const REMOVE = "npm run seed -- --remove";

/**
 * Fills an installation with sample data and says what it made.
 * @throws CannotSeed where there is some already, or real data and no word that it may stand beside it.
 */
export async function seed(installation: OpenInstallation, wanted: SeedArguments): Promise<void> {
  const { database, site, policy, exposurePercent } = installation;
  await refuseWhatStands(installation, wanted);
  const since = performance.now();
  const { until } = wanted;
  const { progress, end } = startProgress();
  const plan = {
    seed: wanted.seed,
    people: wanted.people,
    span: { from: new Date(until.getTime() - wanted.days * DAY_MS), until },
    policy,
    exposurePercent,
    timeZone: site.timeZone,
    loginKeySecret: site.secrets.loginKeySecret,
    auditKey: auditKeyOf(site.secrets.auditSecret),
  };
  await plantSampleData(database, plan, progress);
  end();
  await analyseTables(database.sql);
  const sample = await findSampleData(database.db);
  for (const line of await summarise(database.sql, sample?.applicationIds ?? [])) say(line);
  say(`Made in ${seconds(since)}. The console says that it holds sample data. To remove it: ${REMOVE}`);
}

async function refuseWhatStands({ database }: OpenInstallation, wanted: SeedArguments): Promise<void> {
  const sample = await findSampleData(database.db);
  if (sample !== null) {
    const what = sample.completed
      ? `${sample.people} people and ${sample.logins} logins`
      : "some, and the making of it was cut off or is under way";
    throw new CannotSeed(`This installation already holds sample data (${what}). Remove it first: ${REMOVE}`);
  }
  const real = await findRealData(database.db);
  if (real.hasSampleName) {
    throw new CannotSeed(
      'There are people whose CustomID begins with "sample-": they could not be told apart.',
    );
  }
  if (!real.any || wanted["beside-real-data"]) return;
  throw new CannotSeed(
    "This installation holds people or logins of its own. Sample data would be counted in with them on every screen\n" +
      "until it is removed; removing it leaves them as they are. To do so all the same, add --beside-real-data",
  );
}

/**
 * Removes the sample data and says what went.
 * @throws CannotSeed where there is none, or it is being made.
 */
export async function unseed({ database }: OpenInstallation): Promise<void> {
  const since = performance.now();
  const { progress, end } = startProgress();
  const actor = { id: null, role: "system" } as const;
  const done = await removeSampleData(database.db, actor, systemClock, (share) => progress("Removed", share));
  end();
  if (!done.ok) {
    throw new CannotSeed(
      done.code === "not_found"
        ? "This installation holds no sample data."
        : "The sample data is being made at this moment. Wait until that is done.",
    );
  }
  const { people, logins, verifications } = done.removed;
  say(`Removed ${people} people, ${logins} logins and ${verifications} verifications in ${seconds(since)}.`);
}
