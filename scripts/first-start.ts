import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Database, openDatabase } from "#db/client.ts";
import { createApplication } from "#lib/applications/create-application.ts";
import { createApplicationKey } from "#lib/applications/create-application-key.ts";
import { findApplicationByName, listLiveKeys } from "#lib/applications/queries.ts";
import { hashApplicationKey } from "#lib/applications/rules.ts";
import type { Actor } from "#lib/audit/types.ts";
import { systemClock } from "#lib/clock.ts";
import { preparePolicy } from "#lib/policies/prepare-policy.ts";
import { prepareIntent } from "#lib/rollout/prepare-intent.ts";
import type { Installation } from "./supervisor/installation.ts";
import { writePrivateFile } from "./supervisor/private-file.ts";

const SYSTEM: Actor = { id: null, role: "system" };
const SAMPLE_APPLICATION = { name: "Sample application", channels: ["web"] };

export type FirstStart = {
  readonly sampleApplicationKey: string;
};

/** Makes what a new installation needs, and nothing twice: it runs at every start and finds its earlier work. */
export async function prepareInstallation(site: Installation): Promise<FirstStart> {
  const client = openDatabase(site.databaseUrl, { connections: 1, applicationName: "gatehouse-start" });
  try {
    const sampleApplicationKey = await ensureSampleApplication(client.db, site.stateDir);
    await preparePolicy(client.db, systemClock());
    // On a trial's own flags everyone who enrols may log in; beside a real Unleash nobody, until someone advances.
    await prepareIntent(client.db, { exposurePercent: site.embedded.unleash ? 100 : 0 }, systemClock());
    return { sampleApplicationKey };
  } finally {
    await client.close();
  }
}

/** The key file and the database agree, or a new key is made: a key can be read only once, when it is made. */
async function ensureSampleApplication(db: Database, stateDir: string): Promise<string> {
  const path = join(stateDir, "sample-application.key");
  const known = existsSync(path) ? readFileSync(path, "utf8").trim() : undefined;
  const live = await listLiveKeys(db);
  if (known && live.some(({ hash }) => hash === hashApplicationKey(known))) return known;
  return db.transaction(async (tx) => {
    const at = systemClock();
    const application =
      (await findApplicationByName(tx, SAMPLE_APPLICATION.name)) ??
      (await createApplication(tx, SAMPLE_APPLICATION, SYSTEM, at));
    const { key } = await createApplicationKey(tx, { applicationId: application.id }, SYSTEM, at);
    // Inside the transaction: a key is in force only once its file is written.
    writePrivateFile(path, `${key}\n`);
    return key;
  });
}
