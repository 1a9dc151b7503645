import { expect, test } from "vitest";
import { failureSubjects, makeKnownBrowser } from "./failure-subjects.ts";

const SECRET = "a secret of the installation, long enough";
const attempt = { email: "ana@company.example", clientAddress: "10.0.0.7", knownBrowserCookie: undefined };
const kinds = (subjects: { kind: string }[]) => subjects.map(({ kind }) => kind);

test("a stranger's failures count against the account and the client", () => {
  expect(kinds(failureSubjects(SECRET, attempt))).toEqual(["account", "client"]);
});

test("a browser that has signed in before is counted by itself", () => {
  const knownBrowserCookie = makeKnownBrowser(SECRET, attempt.email);
  expect(kinds(failureSubjects(SECRET, { ...attempt, knownBrowserCookie }))).toEqual(["known_browser"]);
});

test.each([
  ["made for another account", makeKnownBrowser(SECRET, "bia@company.example")],
  ["sealed with another secret", makeKnownBrowser("another secret, also long enough", attempt.email)],
  ["made up", "browser.mark"],
  ["empty", ""],
])("a cookie %s makes no known browser", (_, knownBrowserCookie) => {
  expect(kinds(failureSubjects(SECRET, { ...attempt, knownBrowserCookie }))).toEqual(["account", "client"]);
});

test("what failures are counted under tells neither address nor client", () => {
  const stored = failureSubjects(SECRET, attempt).map(({ digest }) => digest);
  for (const digest of stored) {
    expect(digest).toMatch(/^[\w-]{43}$/);
    expect(digest).not.toContain("ana");
  }
  expect(new Set(stored).size).toBe(2);
});
