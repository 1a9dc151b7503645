import "server-only";
import { requireCaller } from "#lib/auth/viewer.ts";
import { consoleSettings } from "#lib/console/runtime.ts";
import { log } from "#lib/log.ts";
import { composeApiCollection } from "./api-collection.ts";
import {
  gatewayEnvironment,
  productionEnvironment,
  sandboxEnvironment,
  stagingEnvironment,
} from "./environments.ts";
import { composeGatewayCollection } from "./gateway-collection.ts";
import { developerFileSchema } from "./schema.ts";
import type { DeveloperFile } from "./types.ts";

const PATIENCE_MS = 5_000;
/** Where the stand-in listens when the API is a real one: on the machine of whoever tries it. */
const USUAL_SANDBOX = "http://127.0.0.1:4100";

type Loaded = { ok: true; text: string } | { ok: false; code: "unknown" | "gateway_away" };

/**
 * A file for developers by its name. What is about the gateway is made from the document it serves at this moment, so
 * that it tells what that gateway does.
 */
export async function loadDeveloperFile(name: string): Promise<Loaded> {
  await requireCaller("integration.read");
  const file = developerFileSchema.safeParse(name);
  if (!file.success) return { ok: false, code: "unknown" };
  try {
    return { ok: true, text: await textOf(file.data) };
  } catch (err) {
    log.warn({ err, file: file.data }, "a file for developers could not be made");
    return { ok: false, code: "gateway_away" };
  }
}

async function textOf(file: DeveloperFile): Promise<string> {
  const { gatewayUrl, embedded, multibiometrics } = consoleSettings();
  switch (file) {
    case "gateway.openapi.yaml":
      return (await askGateway("/openapi.yaml")).text();
    case "gateway.postman_collection.json":
      return written(await composeGatewayCollection(await (await askGateway("/openapi.json")).json()));
    case "gateway.postman_environment.json":
      return written(gatewayEnvironment(gatewayUrl));
    case "multibiometrics.postman_collection.json":
      return written(await composeApiCollection());
    case "multibiometrics-sandbox.postman_environment.json":
      return written(sandboxEnvironment(embedded.api ? multibiometrics.url : USUAL_SANDBOX));
    case "multibiometrics-staging.postman_environment.json":
      return written(stagingEnvironment());
    case "multibiometrics-production.postman_environment.json":
      return written(productionEnvironment());
  }
}

async function askGateway(path: string): Promise<Response> {
  const address = new URL(path, consoleSettings().gatewayUrl);
  const response = await fetch(address, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
  if (!response.ok) throw new Error(`The gateway answered ${response.status} for ${path}.`);
  return response;
}

const written = (content: object): string => `${JSON.stringify(content, null, 2)}\n`;
