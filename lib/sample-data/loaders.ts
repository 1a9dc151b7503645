import "server-only";
import { cache } from "react";
import { consoleDatabase } from "#lib/console/runtime.ts";
import { log } from "#lib/log.ts";
import { findSampleData } from "./queries.ts";
import type { SampleData } from "./types.ts";

/**
 * The sample data that the mark of every page tells of; null without any, and where it cannot be read, so that the page
 * still shows. It is open to every role: whoever reads a figure must know that part of it is made up.
 */
export const loadSampleData = cache(async (): Promise<SampleData | null> => {
  try {
    return await findSampleData(consoleDatabase());
  } catch (err) {
    log.warn({ err }, "whether there is sample data could not be read");
    return null;
  }
});
