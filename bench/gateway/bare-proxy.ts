import { Agent, request as ask, createServer } from "node:http";
import { announceReady, stopWhenAsked } from "#scripts/parts/part-process.ts";

const api = new URL(process.argv[3] ?? "");
const agent = new Agent({ keepAlive: true });

/** What the gateway is measured against: passes on requests and answers as they come, and knows nothing of them. */
const server = createServer((request, response) => {
  const { method, url: path, headers } = request;
  const passed = ask({ agent, host: api.hostname, port: api.port, method, path, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  passed.on("error", () => response.destroy());
  request.pipe(passed);
});
server.listen(Number(process.argv[2]), "127.0.0.1", announceReady);
stopWhenAsked(async () => server.closeAllConnections());
