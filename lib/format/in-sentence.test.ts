import { expect, test } from "vitest";
import { inSentence } from "./in-sentence.ts";

test.each([
  ["Capture quality", "capture quality"],
  ["API trouble", "API trouble"],
  ["Óculos", "óculos"],
  ["", ""],
])("%j stands as %j inside a sentence", (term, expected) => {
  expect(inSentence(term)).toBe(expected);
});
