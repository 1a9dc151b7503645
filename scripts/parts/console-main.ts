import next from "next";
import { log } from "#lib/log.ts";
import { readConsoleServerSettings } from "#lib/settings/launch.ts";
import { projectDir } from "../supervisor/child.ts";
import { createConsoleServer } from "./console-server.ts";
import { announceReady, stopWhenAsked } from "./part-process.ts";

const { port, development, publicUrl, trustedProxies } = readConsoleServerSettings();
const hostname = "127.0.0.1";
const console = next({ dev: development, dir: projectDir, hostname, port });
await console.prepare();
const handle = console.getRequestHandler();
const server = createConsoleServer({
  publicUrl,
  trustedProxies,
  handle: (request, response) => void handle(request, response),
  onForeignWrite: () => log.warn("A write from another site was refused"),
});
if (development) server.on("upgrade", console.getUpgradeHandler());
server.listen(port, hostname, announceReady);

stopWhenAsked(async () => {
  server.close();
  server.closeIdleConnections();
  await console.close();
});
