import { expect, test } from "vitest";
import { partsOf } from "./message-parts.ts";

test.each([
  { message: "Close", parts: [] },
  { message: "{count} of {total} <b>done</b>", parts: ["<b>", "count", "total"] },
  { message: "{count, plural, one {# login by {name}} other {# logins}}", parts: ["count", "name"] },
  { message: "{where, select, local {here} other {at {place}}} {where}", parts: ["place", "where"] },
])("the parts of '$message' are $parts", ({ message, parts }) => {
  expect(partsOf(message)).toEqual(parts);
});
