import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { openDatabase } from "#db/client.ts";
import { readStartSettings } from "#lib/env.ts";
import { findCurrentPolicy } from "#lib/policies/queries.ts";
import { findIntent } from "#lib/rollout/queries.ts";
import { readArguments } from "./seed/arguments.ts";
import { plantSampleData } from "./seed/plant.ts";
import { projectDir } from "./supervisor/child.ts";
import { describeInstallation } from "./supervisor/installation.ts";
import { say, seconds } from "./supervisor/print.ts";
import { loadSecrets } from "./supervisor/secrets.ts";

const since = performance.now();
const wanted = readArguments(process.argv.slice(2));
const settings = readStartSettings();
const stateDir = resolve(projectDir, settings.dataDir);
if (!existsSync(join(stateDir, "secrets.json"))) throw new Error("no installation");
const site = describeInstallation(settings, loadSecrets(stateDir), stateDir, false);
const database = openDatabase(site.databaseUrl, { connections: 8, applicationName: "gatehouse-seed" });
const policy = await findCurrentPolicy(database.db);
const intent = await findIntent(database.db);
if (!policy || !intent) throw new Error("not started");
const until = wanted.until ?? new Date();
const counts = await plantSampleData(
  database,
  {
    seed: wanted.seed,
    people: wanted.people,
    span: { from: new Date(until.getTime() - wanted.days * 86_400_000), until },
    policy,
    exposurePercent: intent.exposurePercent,
    timeZone: site.timeZone,
    loginKeySecret: site.secrets.loginKeySecret,
  },
  (doing, share) => say(`${doing} ${Math.round(share * 100)} % ${seconds(since)}`),
);
for (const table of [
  "people",
  "enrolments",
  "logins",
  "verifications",
  "login_outcomes",
  "login_states",
  "login_rollups",
  "verification_rollups",
  "latency_rollups",
])
  await database.sql.unsafe(`analyze ${table}`);
say(JSON.stringify(counts));
await database.close();
