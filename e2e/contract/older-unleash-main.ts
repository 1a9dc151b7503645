import { createRequire } from "node:module";
import { announceReady, stopWhenAsked } from "#scripts/parts/part-process.ts";

type Server = { start(options: object): Promise<{ stop(): Promise<void> }> };

// An Unleash of a version that is not ours, installed beside us; everything else comes from variables it reads itself.
const folder = process.env.UNLEASH_FOLDER ?? "";
const { start } = createRequire(`${folder}/`)("unleash-server") as Server;
const unleash = await start({
  versionCheck: { enable: false },
  telemetry: false,
  server: { gracefulShutdownEnable: false },
});
stopWhenAsked(() => unleash.stop());
announceReady();
