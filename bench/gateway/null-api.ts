import { createServer } from "node:http";
import { announceReady, stopWhenAsked } from "#scripts/parts/part-process.ts";

/** The CustomID stands in front of the picture, in what applications send as in what the API is sent. */
const CUSTOM_ID = /"customid":"([^"]*)"/i;

/** The Multibiometrics API without the biometrics: reads the whole request and says at once that it matches. */
const server = createServer((request, response) => {
  let customId: string | undefined;
  request.on("data", (chunk: Buffer) => {
    customId ??= CUSTOM_ID.exec(chunk.toString("latin1", 0, 200))?.[1] ?? "";
  });
  request.on("end", () => {
    const details = { FaceMatched: true, NonMatchedFingers: [] };
    const body = JSON.stringify({ Person: { CustomID: customId, Match: true, MatchDetails: details } });
    response.writeHead(200, { "content-type": "application/json", "content-length": body.length }).end(body);
  });
});
server.listen(Number(process.argv[2]), "127.0.0.1", announceReady);
stopWhenAsked(async () => server.closeAllConnections());
