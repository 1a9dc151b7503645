import "server-only";
import { consoleDatabase } from "#lib/console/runtime.ts";
import { remember } from "#lib/remember.ts";
import { measureDay } from "./measure-day.ts";

const KEPT_MS = 60_000;

/** The last 24 hours as they were within the last minute: measured once for the page and for the replays typed on it. */
export const rememberedDay = remember(KEPT_MS, () => measureDay(consoleDatabase(), new Date()));
