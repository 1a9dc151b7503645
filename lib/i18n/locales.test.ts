import { expect, test } from "vitest";
import { pickLocale } from "./locales.ts";

test.each([
  [undefined, undefined, "en"],
  ["pt-BR", "en", "pt-BR"],
  ["pt", undefined, "pt-BR"],
  ["PT_br", undefined, "pt-BR"],
  ["en-GB", "pt-BR", "en"],
  ["fr", "pt-BR,en;q=0.5", "pt-BR"],
  [undefined, "fr-FR,fr;q=0.9,pt;q=0.8,en;q=0.5", "pt-BR"],
  [undefined, "en;q=0.4, pt-BR;q=0.7", "pt-BR"],
  [undefined, "pt;q=0, en;q=0.1", "en"],
  [undefined, "de", "en"],
  [undefined, "*", "en"],
  [undefined, ";;;,,q=", "en"],
  ["en", "pt-BR,pt;q=0.9", "en"],
  ["fr", null, "en"],
  [undefined, "pt-PT,pt;q=0.9,en;q=0.8", "pt-BR"],
  [undefined, "en;q=0.3,pt;q=0.7", "pt-BR"],
  [undefined, "de, pt;q=0, en;q=0.1", "en"],
  [undefined, "zz;;;,=", "en"],
] as const)("%s named with Accept-Language %s is answered in %s", (named, header, expected) => {
  expect(pickLocale(named, header)).toBe(expected);
});
