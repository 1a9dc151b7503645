const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

export type WriteRequest = {
  method?: string | undefined;
  headers: Readonly<Record<string, string | string[] | undefined>>;
};

/**
 * Whether a request that may change something was made by a page of another site. Browsers say where a request comes
 * from in `Sec-Fetch-Site`, which no page can forge, and the older ones in `Origin`; what says neither is no browser,
 * so it carries nobody's cookies by accident. `ownOrigin` is the console's public address, for where a proxy in front
 * rewrites `Host`.
 */
export function isForeignWrite({ method = "GET", headers }: WriteRequest, ownOrigin: string): boolean {
  if (SAFE_METHODS.has(method)) return false;
  const site = headers["sec-fetch-site"];
  if (site !== undefined) return site !== "same-origin" && site !== "none";
  const { origin, host } = headers;
  if (origin === undefined) return false;
  return origin !== ownOrigin && originHost(origin) !== host;
}

const originHost = (origin: string | string[]): string | null =>
  typeof origin === "string" && URL.canParse(origin) ? new URL(origin).host : null;
