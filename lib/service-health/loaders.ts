import "server-only";
import { cache } from "react";
import { consoleDatabase } from "#lib/console/runtime.ts";
import { log } from "#lib/log.ts";
import { findExposure } from "./queries.ts";
import type { Exposure } from "./types.ts";

/** The exposure for the strip of every page; undefined where it cannot be read, so that the page still shows. */
export const loadExposure = cache(async (): Promise<Exposure | null | undefined> => {
  try {
    return await findExposure(consoleDatabase(), new Date());
  } catch (err) {
    log.warn({ err }, "the exposure could not be read");
    return undefined;
  }
});
