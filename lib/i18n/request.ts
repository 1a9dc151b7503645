import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { hostCookie } from "#lib/console/cookies.ts";
import { consoleSettings } from "#lib/console/runtime.ts";
import { FORMATS } from "./formats.ts";
import { FORMAT_LOCALES, LOCALE_COOKIE, pickLocale } from "./locales.ts";
import { MESSAGES } from "./messages.ts";

/** What next-intl needs to know of a request: language, texts, the installation's time zone. */
export default getRequestConfig(async () => {
  // A build has no request and no settings, and must stop at the first of the two.
  const jar = await cookies();
  const { isHttps, timeZone } = consoleSettings();
  const chosen = jar.get(hostCookie(LOCALE_COOKIE, isHttps))?.value;
  const locale = pickLocale(chosen, (await headers()).get("accept-language"));
  return {
    locale: FORMAT_LOCALES[locale],
    messages: MESSAGES[locale],
    formats: FORMATS,
    timeZone,
    now: new Date(),
  };
});
