import { expect, test } from "vitest";
import { splitPasted } from "./split-pasted.ts";

test.each([
  { text: "u-1\nu-2\r\nu-3", parts: ["u-1", "u-2", "u-3"] },
  { text: " u-1 ;u-2,, u-3\t", parts: ["u-1", "u-2", "u-3"] },
  { text: "u-2\nu-1\nu-2", parts: ["u-2", "u-1"] },
  { text: "U 1", parts: ["U 1"] },
  { text: " \n ; ", parts: [] },
])("a pasted text is parted where lists are parted, in its order and each once", ({ text, parts }) => {
  expect(splitPasted(text)).toEqual(parts);
});
