import { expect, test } from "vitest";
import { pickLocale } from "./locales.ts";

test.each([
  { cookie: "pt-BR", accept: "en", locale: "pt-BR" },
  { cookie: "en", accept: "pt-BR,pt;q=0.9", locale: "en" },
  { cookie: "fr", accept: null, locale: "en" },
  { cookie: undefined, accept: "pt-PT,pt;q=0.9,en;q=0.8", locale: "pt-BR" },
  { cookie: undefined, accept: "en;q=0.3,pt;q=0.7", locale: "pt-BR" },
  { cookie: undefined, accept: "de, pt;q=0, en;q=0.1", locale: "en" },
  { cookie: undefined, accept: "zz;;;,=", locale: "en" },
])("cookie $cookie and Accept-Language $accept read in $locale", ({ cookie, accept, locale }) => {
  expect(pickLocale(cookie, accept)).toBe(locale);
});
