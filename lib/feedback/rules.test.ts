import { describe, expect, test } from "vitest";
import { LOCALES } from "#lib/i18n/locales.ts";
import { feedbackOf } from "./rules.ts";
import { FEEDBACK_CODES } from "./schema.ts";

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
