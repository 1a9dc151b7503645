import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { consoleSettings } from "#lib/console/runtime.ts";
import { FORMATS } from "./formats.ts";
import { FORMAT_LOCALES, LOCALE_COOKIE, pickLocale } from "./locales.ts";
import { MESSAGES } from "./messages.ts";

/** What next-intl needs to know of a request: language, texts, the installation's time zone. */
export default getRequestConfig(async () => {
  const chosen = (await cookies()).get(LOCALE_COOKIE)?.value;
  const locale = pickLocale(chosen, (await headers()).get("accept-language"));
  return {
    locale: FORMAT_LOCALES[locale],
    messages: MESSAGES[locale],
    formats: FORMATS,
    timeZone: consoleSettings().timeZone,
    now: new Date(),
  };
});
