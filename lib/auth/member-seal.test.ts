import { expect, test } from "vitest";
import { memberDigest, memberKeyOf, openFor, sealFor } from "./member-seal.ts";
import { digestOfRecoveryCode, newRecoveryCode, normaliseRecoveryCode } from "./recovery-codes.ts";

const KEY = memberKeyOf("ab".repeat(32));
const OTHER_KEY = memberKeyOf("cd".repeat(32));

test("a sealed text opens for its purpose, its owner and its key alone", () => {
  const sealed = sealFor(KEY, "code_app", "ana", "a secret");
  expect(sealed).not.toContain("secret");
  expect(openFor(KEY, "code_app", "ana", sealed)).toBe("a secret");
  expect(openFor(KEY, "code_app_set_up", "ana", sealed)).toBeNull();
  expect(openFor(KEY, "code_app", "bia", sealed)).toBeNull();
  expect(openFor(OTHER_KEY, "code_app", "ana", sealed)).toBeNull();
  expect(openFor(KEY, "code_app", "ana", `${sealed.slice(0, -4)}AAAA`)).toBeNull();
});

test("a digest is another one for another member or key", () => {
  const digests = [
    memberDigest(KEY, "ana", "x"),
    memberDigest(KEY, "bia", "x"),
    memberDigest(OTHER_KEY, "ana", "x"),
  ];
  expect(new Set(digests).size).toBe(3);
});

test("a recovery code has 80 bits, in letters nobody mistakes", () => {
  const code = newRecoveryCode();
  expect(code).toMatch(/^([0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}$/);
  expect(new Set(Array.from({ length: 1000 }, newRecoveryCode)).size).toBe(1000);
});

test.each([
  ["  0123-4567-89AB-CDEF ", "0123456789abcdef"],
  ["o1il 4567 89ab cdef", "0111456789abcdef"],
  ["0123\n4567\n89ab\ncdef", "0123456789abcdef"],
])("%j is read as %s", (typed, read) => {
  expect(normaliseRecoveryCode(typed)).toBe(read);
  expect(digestOfRecoveryCode(KEY, "ana", typed)).toBe(digestOfRecoveryCode(KEY, "ana", read));
});
