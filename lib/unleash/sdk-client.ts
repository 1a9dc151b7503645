import { EventEmitter } from "node:events";
import { InMemStorageProvider, Unleash } from "unleash-client";
import { apiAddress } from "./api-address.ts";
import type { FlagsError } from "./types.ts";

export type SdkOptions = {
  url: string;
  clientToken: string;
  environment: string;
  appName: string;
  instanceId: string;
  refreshMs: number;
};

export type SdkEvents = { onHeard: () => void; onError: (error: FlagsError) => void };

const requestTimeoutMs = 5_000;

/** Starts one SDK client that keeps its flags in memory only: a file of old flags could bring back an "on". */
export function startSdkClient(options: SdkOptions, { onHeard, onError }: SdkEvents): Unleash {
  const client = new Unleash({
    url: `${apiAddress(options.url)}/`,
    appName: options.appName,
    instanceId: options.instanceId,
    environment: options.environment,
    customHeaders: { Authorization: options.clientToken },
    refreshInterval: options.refreshMs,
    timeout: requestTimeoutMs,
    storageProvider: new InMemStorageProvider(),
    // Counts every client ever made in the process, rebuilt ones and tests included.
    skipInstanceCountWarning: true,
  });
  client.on("error", (error: unknown) => {
    const code = errorIn(error);
    if (code !== null) onError(code);
  });
  client.on("warn", (warning: unknown) => {
    // The SDK warns of refused polls and of much else; only the former say something about the server.
    if (/\. Backing off$/.test(String(warning))) onError("server_failed");
  });
  // The SDK announces a change one tick before it answers from it.
  client.on("changed", () => setImmediate(onHeard));
  client.on("unchanged", () => setImmediate(onHeard));
  return client;
}

/** Ends a client for good, also when one of its requests is still under way. */
export async function stopSdkClient(client: Unleash, { flush }: { flush: boolean }): Promise<void> {
  if (flush) await client.flushMetrics();
  client.destroy();
  // Ending it removes all listeners, and a poll that fails afterwards would end the process for want of one.
  const repository: unknown = Reflect.get(client, "repository");
  if (repository instanceof EventEmitter) repository.on("error", () => {});
  client.on("error", () => {});
}

function errorIn(error: unknown): FlagsError | null {
  const message = error instanceof Error ? error.message : String(error);
  if (!message.startsWith("Unleash Repository error")) return null;
  if (/ responded 40[13] /.test(message)) return "token_refused";
  return /Response was not statusCode 2XX|json/i.test(message) ? "server_failed" : "unreachable";
}
