import "server-only";
import { cookies } from "next/headers";
import { pickTheme, THEME_COOKIE, type Theme } from "#lib/i18n/theme.ts";
import { hostCookie } from "./cookies.ts";
import { consoleSettings } from "./runtime.ts";

/** The appearance this browser asked for. */
export async function chosenTheme(): Promise<Theme> {
  const jar = await cookies();
  return pickTheme(jar.get(hostCookie(THEME_COOKIE, consoleSettings().isHttps))?.value);
}
