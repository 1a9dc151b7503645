import "server-only";
import { cache } from "react";
import { consoleDatabase, consoleSettings } from "#lib/console/runtime.ts";
import { log } from "#lib/log.ts";
import { checkParts } from "./check-parts.ts";
import { findExposure } from "./queries.ts";
import type { Exposure, PartCheck } from "./types.ts";

/** The exposure for the strip of every page; undefined where it cannot be read, so that the page still shows. */
export const loadExposure = cache(async (): Promise<Exposure | null | undefined> => {
  try {
    return await findExposure(consoleDatabase(), new Date());
  } catch (err) {
    log.warn({ err }, "the exposure could not be read");
    return undefined;
  }
});

/** How the parts answer at this moment. Open to whoever can reach the console: it tells up or down and nothing else. */
export function loadPartChecks(): Promise<PartCheck[]> {
  const { gatewayUrl, unleash, embedded, multibiometrics } = consoleSettings();
  return checkParts(consoleDatabase(), {
    gatewayUrl,
    unleashUrl: unleash.url,
    sandboxUrl: embedded.api ? multibiometrics.url : null,
  });
}
