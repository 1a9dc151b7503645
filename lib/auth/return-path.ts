/** A path within the console to go back to; anything that could lead elsewhere becomes the overview. */
export function safeReturnPath(wanted: string | undefined): string {
  if (wanted === undefined || !wanted.startsWith("/")) return "/";
  const base = "http://console.invalid";
  const url = URL.canParse(wanted, base) ? new URL(wanted, base) : null;
  return url?.origin === base && !url.pathname.startsWith("//") ? url.pathname + url.search : "/";
}
