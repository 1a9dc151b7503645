import type { ApiKind } from "./types.ts";

const KNOWN: Readonly<Record<string, ApiKind>> = {
  "api.biopassid.com": "production",
  // What it is for is not public: it counts as the one that must not be written to.
  "api2.biopassid.com": "production",
  "hml-api.biopassid.com": "staging",
};

/**
 * What an API address stands for: as configured, else by its host. A host nobody knows may be a way to the production
 * service, so it counts as production until the settings say otherwise.
 */
export function kindOf(url: string, configured?: ApiKind): ApiKind {
  if (configured !== undefined) return configured;
  const { hostname } = new URL(url);
  const isLoopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
  return isLoopback ? "sandbox" : (KNOWN[hostname.toLowerCase()] ?? "production");
}
