import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { type DatabaseClient, openDatabase } from "#db/client.ts";
import { isMigrated } from "#db/migrate.ts";
import { isDatabaseAway } from "#lib/action/database-away.ts";
import { readStartSettings, type StartSettings } from "#lib/env.ts";
import { findCurrentPolicy } from "#lib/policies/queries.ts";
import type { Policy } from "#lib/policies/schema.ts";
import { findIntent } from "#lib/rollout/queries.ts";
import { projectDir } from "../supervisor/child.ts";
import { describeInstallation, type Installation } from "../supervisor/installation.ts";
import { loadSecrets } from "../supervisor/secrets.ts";
import { CannotSeed } from "./arguments.ts";

const CONNECTIONS = 8;
/** A day of a large history takes longer than a login may. */
const STATEMENT_TIMEOUT_MS = 120_000;

export type OpenInstallation = {
  site: Installation;
  database: DatabaseClient;
  policy: Policy;
  exposurePercent: number;
};

/**
 * Opens the database of the installation that the settings name, by default those of this process; it must have been started once.
 * @throws CannotSeed saying what stands in the way, SettingsError for bad settings.
 */
export async function openInstallation(
  settings: StartSettings = readStartSettings(),
): Promise<OpenInstallation> {
  const stateDir = resolve(projectDir, settings.dataDir);
  if (!existsSync(join(stateDir, "secrets.json"))) {
    throw new CannotSeed(
      `No Gatehouse was ever started from ${stateDir}. Run npm start first, or name its folder: GATEHOUSE_DATA_DIR=…`,
    );
  }
  const site = describeInstallation(settings, loadSecrets(stateDir), stateDir, false);
  const database = openDatabase(site.databaseOwnerUrl, {
    connections: CONNECTIONS,
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
    applicationName: "gatehouse-seed",
  });
  try {
    return { site, database, ...(await readControl(site, database)) };
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function readControl(site: Installation, { db, sql }: DatabaseClient) {
  try {
    if (!(await isMigrated(sql))) {
      throw new CannotSeed("The database is of another version of Gatehouse. Start this one once: npm start");
    }
    const [policy, intent] = await Promise.all([findCurrentPolicy(db), findIntent(db)]);
    if (policy === null || intent === null) {
      throw new CannotSeed(
        "The first start has not finished yet. Wait for `Gatehouse is ready`, then try again.",
      );
    }
    return { policy, exposurePercent: intent.exposurePercent };
  } catch (error) {
    if (!isDatabaseAway(error)) throw error;
    const { host } = new URL(site.databaseUrl);
    const remedy = site.embedded.database
      ? "It runs with Gatehouse: npm start, and this in a second terminal"
      : "Look at DATABASE_URL";
    throw new CannotSeed(`PostgreSQL at ${host} does not answer. ${remedy}.`, { cause: error });
  }
}
