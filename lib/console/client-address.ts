/**
 * The address a request came from, as far as somebody we trust says so. Each proxy in front of the console adds the
 * address it saw at the end of `X-Forwarded-For`, so of `trustedProxies` of them the last that many entries are true,
 * and whatever stands before was written by the caller. Without a proxy only the socket knows.
 */
export function clientAddress(
  forwarded: string | undefined,
  socketAddress: string | undefined,
  trustedProxies: number,
): string {
  const chain = (forwarded ?? "").split(",").map((address) => address.trim());
  const vouched = [...chain.filter((address) => address !== ""), socketAddress ?? "unknown"];
  return vouched.at(-1 - trustedProxies) ?? vouched[0] ?? "unknown";
}
