import { expect, test } from "vitest";
import { endOfKey } from "./end-of-key.ts";

test.each([
  ["0123456789abcdef0123456789ab4f2a", "4f2a"],
  ["abcdefgh", "gh"],
  ["abc", ""],
])("of the key %s no more than its end leaves", (key, end) => {
  expect(endOfKey(key)).toBe(end);
});
