/** Scheme, host and base path of an API: what is observed of it is kept by this name. */
export function originOf(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname.replace(/\/+$/, "")}`;
}
