import { expect, test } from "vitest";
import { quantile } from "./quantile.ts";

test.each([
  { share: 0, value: 1 },
  { share: 0.5, value: 2 },
  { share: 0.75, value: 3 },
  { share: 0.95, value: 4 },
  { share: 1, value: 4 },
])("the nearest rank of $share among four values is $value", ({ share, value }) => {
  expect(quantile([4, 1, 3, 2], share)).toBe(value);
});

test("nothing has no quantile", () => {
  expect(() => quantile([], 0.5)).toThrow();
});
