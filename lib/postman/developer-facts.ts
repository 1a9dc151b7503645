import "server-only";
import { consoleSettings } from "#lib/console/runtime.ts";
import { API_REQUESTS } from "./api-collection.ts";
import { GATEWAY_REQUESTS } from "./gateway-collection.ts";
import type { DeveloperFacts } from "./types.ts";

/** What the list of downloads tells beside their names; it asks nobody. */
export const developerFacts = (): DeveloperFacts => ({
  requests: API_REQUESTS + GATEWAY_REQUESTS,
  hasSample: consoleSettings().sampleApplicationKey !== undefined,
});
