import type { FORMATS } from "./formats.ts";
import type { FormatLocale } from "./locales.ts";
import type { Messages } from "./messages.ts";

declare module "next-intl" {
  interface AppConfig {
    Locale: FormatLocale;
    Messages: Messages;
    Formats: typeof FORMATS;
  }
}
