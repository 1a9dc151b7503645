/** The address of Unleash's API without a final slash, whether or not `/api` was already written. */
export function apiAddress(url: string): string {
  const bare = url.replace(/\/+$/, "");
  return bare.endsWith("/api") ? bare : `${bare}/api`;
}
