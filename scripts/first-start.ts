import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Database, openDatabase } from "#db/client.ts";
import { createApplication } from "#lib/applications/create-application.ts";
import { createApplicationKey } from "#lib/applications/create-application-key.ts";
import { findApplicationByName, isUnrevokedKey, listUnrevokedKeys } from "#lib/applications/queries.ts";
import { revokeApplicationKey } from "#lib/applications/revoke-application-key.ts";
import { hashApplicationKey, MOST_LIVE_KEYS } from "#lib/applications/rules.ts";
import type { Actor } from "#lib/audit/types.ts";
import { systemClock } from "#lib/clock.ts";
import { createFirstAdministrator } from "#lib/members/create-first-administrator.ts";
import { preparePolicy } from "#lib/policies/prepare-policy.ts";
import { prepareIntent } from "#lib/rollout/prepare-intent.ts";
import { prepareRollout } from "#lib/unleash/prepare-rollout.ts";
import type { Installation } from "./supervisor/installation.ts";
import { writePrivateFile } from "./supervisor/private-file.ts";

const SYSTEM: Actor = { id: null, role: "system" };
const FIRST_ADMINISTRATOR = { email: "admin@gatehouse.example", name: "First administrator" };
const SAMPLE_APPLICATION = { name: "Sample application", channels: ["web"] };

export type SignIn = { readonly email: string; readonly password: string };

export type PreparedInstallation = {
  readonly sampleApplicationKey: string;
  /** Set at the one start that made the first administrator. */
  readonly firstSignIn: SignIn | undefined;
};

/** Makes what a new installation needs, and nothing twice: it runs at every start and finds its earlier work. */
export async function prepareInstallation(site: Installation): Promise<PreparedInstallation> {
  writePrivateFile(join(site.stateDir, "audit-public-key.txt"), `${site.auditPublicKey}\n`);
  const client = openDatabase(site.databaseUrl, { connections: 1, applicationName: "gatehouse-start" });
  try {
    const firstSignIn = await ensureFirstAdministrator(client.db, site);
    const sampleApplicationKey = await ensureSampleApplication(client.db, site.stateDir);
    await preparePolicy(client.db, systemClock());
    await prepareIntent(client.db, { exposurePercent: initialExposurePercent(site) }, systemClock());
    return { sampleApplicationKey, firstSignIn };
  } finally {
    await client.close();
  }
}

/** On a trial's own flags everyone who enrols may log in; beside a real Unleash nobody, until someone advances. */
const initialExposurePercent = ({ embedded }: Installation): 0 | 100 => (embedded.unleash ? 100 : 0);

/**
 * Makes the flag in Unleash where it is missing.
 * @returns what stood in the way, in words, or undefined. Gatehouse runs without: logins then go the old way.
 */
export async function prepareFlag(site: Installation): Promise<string | undefined> {
  const prepared = await prepareRollout({
    url: site.unleash.url,
    adminToken: site.unleash.adminToken,
    environment: site.unleash.environment,
    initialExposurePercent: initialExposurePercent(site),
  });
  if (prepared.ok) return undefined;
  return `The flag could not be prepared in Unleash at ${site.unleash.url} (${prepared.step}: ${prepared.code}). Until it is, every login goes the old way; the next start tries again.`;
}

function ensureFirstAdministrator(db: Database, site: Installation): Promise<SignIn | undefined> {
  const signIn = { email: FIRST_ADMINISTRATOR.email, password: randomBytes(15).toString("base64url") };
  return db.transaction(async (tx) => {
    const { name } = FIRST_ADMINISTRATOR;
    const created = await createFirstAdministrator(tx, { ...signIn, name }, systemClock());
    if (!created.ok) return undefined;
    // Inside the transaction: the administrator exists only once the password can be read.
    const lines = [
      `Console   ${site.consoleUrl}`,
      `E-mail    ${signIn.email}`,
      `Password  ${signIn.password}`,
    ];
    writePrivateFile(join(site.stateDir, "first-sign-in.txt"), `${lines.join("\n")}\n`);
    return signIn;
  });
}

/** The key file and the database agree, or a new key is made: a key can be read only once, when it is made. */
async function ensureSampleApplication(db: Database, stateDir: string): Promise<string> {
  const path = join(stateDir, "sample-application.key");
  const known = existsSync(path) ? readFileSync(path, "utf8").trim() : undefined;
  if (known && (await isUnrevokedKey(db, hashApplicationKey(known)))) return known;
  return db.transaction(async (tx) => {
    const at = systemClock();
    const application =
      (await findApplicationByName(tx, SAMPLE_APPLICATION.name)) ??
      (await createApplication(tx, SAMPLE_APPLICATION, SYSTEM, at));
    // The file was lost, and with it the oldest key: nobody can call with what nobody can read.
    const oldest = (await listUnrevokedKeys(tx, application.id))[MOST_LIVE_KEYS - 1];
    if (oldest) await revokeApplicationKey(tx, { keyId: oldest.id, reason: "lost" }, SYSTEM, at);
    const made = await createApplicationKey(tx, { applicationId: application.id }, SYSTEM, at);
    if (!made.ok) throw new Error(`The sample application got no key: ${made.code}`);
    // Inside the transaction: a key is in force only once its file is written.
    writePrivateFile(path, `${made.key}\n`);
    return made.key;
  });
}
