import "server-only";
import type { CheckedApi } from "#lib/integration-checks/types.ts";
import { originOf } from "#lib/multibiometrics/origin.ts";
import { consoleSettings } from "./runtime.ts";

/** The API that integration checks are made against, with what of it may be shown. */
export function checkedApi(): CheckedApi {
  const { url, kind, apiKey } = consoleSettings().multibiometrics;
  return { origin: originOf(url), kind, keyEnd: apiKey.slice(-4) };
}
