import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { clientAddress } from "#lib/console/client-address.ts";
import { isForeignWrite } from "#lib/console/foreign-writes.ts";
import { answerHeaders } from "#lib/console/security-headers.ts";

export type ConsoleServerOptions = {
  publicUrl: string;
  /** How many proxies of the company's stand between browsers and this server. */
  trustedProxies: number;
  handle(request: IncomingMessage, response: ServerResponse): void;
  onForeignWrite(): void;
};

/** All that any page or route of the console answers to. */
const METHODS = ["GET", "HEAD", "POST"];

/**
 * Longest a browser may take over one request, and over its head alone; ten pictures on a slow line fit. How long an answer
 * takes is not limited here: the live list never ends, and a file of the history goes at the pace of whoever reads it.
 */
const REQUEST_TIMEOUT_MS = 60_000;
const HEAD_TIMEOUT_MS = 15_000;
const LOOK_EVERY_MS = 5_000;

/**
 * Makes the console's HTTP server: what holds for every answer, those included that Next gives before any rule of ours
 * is asked. A write from another site is refused before a byte of it is read.
 */
export function createConsoleServer(options: ConsoleServerOptions): Server {
  const { origin, protocol } = new URL(options.publicUrl);
  const headers = new Headers(answerHeaders({ isHttps: protocol === "https:" }));
  return createServer(
    {
      requestTimeout: REQUEST_TIMEOUT_MS,
      headersTimeout: HEAD_TIMEOUT_MS,
      connectionsCheckingInterval: LOOK_EVERY_MS,
    },
    (request, response) => {
      response.setHeaders(headers);
      if (!METHODS.includes(request.method ?? "")) return refuse(response, 405);
      if (isForeignWrite(request, origin)) {
        options.onForeignWrite();
        return refuse(response, 403);
      }
      vouchForAddress(request, options.trustedProxies);
      options.handle(request, response);
    },
  );
}

const REFUSALS = {
  403: "This request came from another site and was refused. Open the console in its own tab.\n",
  405: "The console is read with GET and written to with POST.\n",
};

function refuse(response: ServerResponse, status: keyof typeof REFUSALS): void {
  if (status === 405) response.setHeader("Allow", METHODS.join(", "));
  response.setHeader("Content-Type", "text/plain; charset=utf-8").setHeader("Connection", "close");
  response.writeHead(status).end(REFUSALS[status]);
}

/** What follows reads one address, which is not the caller's own word. */
function vouchForAddress(request: IncomingMessage, trustedProxies: number): void {
  const forwarded = request.headers["x-forwarded-for"];
  const told = Array.isArray(forwarded) ? forwarded.join(",") : forwarded;
  request.headers["x-forwarded-for"] = clientAddress(told, request.socket.remoteAddress, trustedProxies);
}
