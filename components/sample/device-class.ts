import type { OpenInput } from "#lib/sample/schema.ts";

/** The kind of device by what its browser says of itself; what cannot be told is "other". */
export function deviceClassOf(userAgent: string): OpenInput["deviceClass"] {
  if (/Android/i.test(userAgent)) return "phone_android";
  if (/iPhone|iPod/i.test(userAgent)) return "phone_ios";
  if (/Windows/i.test(userAgent)) return "desktop_windows";
  if (/Macintosh|Mac OS X/i.test(userAgent)) return "desktop_macos";
  return /Linux/i.test(userAgent) ? "desktop_linux" : "other";
}
