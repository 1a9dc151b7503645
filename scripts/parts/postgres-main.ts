import { readPostgresSettings } from "#lib/settings/launch.ts";
import { initialiseCluster, startCluster } from "../postgres/cluster.ts";
import { ensureDatabases } from "../postgres/databases.ts";
import { preparePlace } from "../postgres/place.ts";
import { announceReady, stopWhenAsked } from "./part-process.ts";

const settings = readPostgresSettings();
const place = preparePlace(settings.stateDir);
await initialiseCluster(place, settings.superuserPassword);
const cluster = await startCluster(place, {
  port: settings.port,
  onLog: (text) => process.stderr.write(text),
});
stopWhenAsked(() => cluster.stop());
void cluster.exited.then((code) => process.exit(code === 0 ? 0 : 1));
await ensureDatabases(settings.port, settings.superuserPassword, settings.databases);
announceReady();
