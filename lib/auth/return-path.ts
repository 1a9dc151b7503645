/** Set by proxy.ts so that a sign-in can lead back to the page that asked for it. */
export const PATH_HEADER = "x-gatehouse-path";

/** A path within the console to go back to; anything that could lead elsewhere becomes the overview. */
export function safeReturnPath(wanted: string | undefined): string {
  if (wanted === undefined || !wanted.startsWith("/")) return "/";
  const base = "http://console.invalid";
  const url = URL.canParse(wanted, base) ? new URL(wanted, base) : null;
  return url?.origin === base && !url.pathname.startsWith("//") ? url.pathname + url.search : "/";
}
