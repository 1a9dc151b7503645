import { createServer } from "node:http";
import next from "next";
import { readConsoleServerSettings } from "#lib/env.ts";
import { projectDir } from "../supervisor/child.ts";
import { announceReady, stopWhenAsked } from "./part-process.ts";

const { port, development } = readConsoleServerSettings();
const hostname = "127.0.0.1";
const console = next({ dev: development, dir: projectDir, hostname, port });
await console.prepare();
const handle = console.getRequestHandler();
const server = createServer((request, response) => void handle(request, response));
if (development) server.on("upgrade", console.getUpgradeHandler());
server.listen(port, hostname, announceReady);

stopWhenAsked(async () => {
  server.close();
  server.closeIdleConnections();
  await console.close();
});
