import { expect, test } from "vitest";
import { newId } from "#lib/ids.ts";
import { readLoginId, writeLoginId } from "./login-id.ts";

const key = Buffer.alloc(32, 1);
const application = newId();
const id = newId();
const written = writeLoginId(key, id, application);

test("a login id is read back by the application it was made for", () => {
  expect(written).toMatch(/^lg_[A-Za-z0-9_-]{43}$/);
  expect(readLoginId(key, written, application)).toBe(id);
});

test("no other application and no other key opens it", () => {
  expect(readLoginId(key, written, newId())).toBeNull();
  expect(readLoginId(Buffer.alloc(32, 2), written, application)).toBeNull();
});

test("changing any single character makes it nobody's", () => {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  for (let at = 3; at < written.length; at += 1) {
    for (const letter of letters.replace(written.charAt(at), "")) {
      const changed = `${written.slice(0, at)}${letter}${written.slice(at + 1)}`;
      expect(readLoginId(key, changed, application)).toBeNull();
    }
  }
});

test.each([
  "",
  "lg_",
  id,
  `lg_${"A".repeat(42)}`,
  `lg_${"A".repeat(44)}`,
  `${written} `,
  "lg_".padEnd(46, "é"),
])("%j is no login id", (text) => {
  expect(readLoginId(key, text, application)).toBeNull();
});
