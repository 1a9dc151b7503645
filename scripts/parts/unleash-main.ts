import { start } from "unleash-server";
import { announceReady, stopWhenAsked } from "./part-process.ts";

// Everything else comes from variables Unleash reads itself; see unleash.ts.
const unleash = await start({
  versionCheck: { enable: false },
  telemetry: false,
  server: { gracefulShutdownEnable: false },
});
stopWhenAsked(() => unleash.stop());
announceReady();
