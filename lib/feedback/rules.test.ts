import { describe, expect, test } from "vitest";
import { chooseLocale, feedbackOf } from "./rules.ts";
import { FEEDBACK_CODES, LOCALES } from "./schema.ts";

describe.each(FEEDBACK_CODES)("%s", (code) => {
  test("is a short sentence in every language, without exclamation or jargon", () => {
    for (const locale of LOCALES) {
      const { text } = feedbackOf(code, locale);
      expect(text).toMatch(/^\p{Lu}.{9,110}\.$/u);
      expect(text).not.toMatch(/[!]|Oops|API|error|erro\b|Base64|CustomID/);
    }
  });

  test("says something else in Portuguese than in English", () => {
    expect(feedbackOf(code, "en").text).not.toBe(feedbackOf(code, "pt-BR").text);
  });
});

test("no two codes share a text", () => {
  for (const locale of LOCALES) {
    const texts = FEEDBACK_CODES.map((code) => feedbackOf(code, locale).text);
    expect(new Set(texts).size).toBe(texts.length);
  }
});

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
] as const)("locale %s with Accept-Language %s is answered in %s", (named, header, expected) => {
  expect(chooseLocale(named, header)).toBe(expected);
});
