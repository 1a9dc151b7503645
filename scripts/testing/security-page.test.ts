import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const page = readFileSync("docs/security.md", "utf8");
/** A test as the page names it: its file in code, then its words in quotes. */
const NAMED = /`([^`\s]+\.(?:test|spec)\.ts)`: "([^"]+)"/g;

test("every test that docs/security.md calls a proof is there under that name", () => {
  const named = [...page.matchAll(NAMED)].map(([, file = "", name = ""]) => ({ file, name }));
  expect(named.length).toBeGreaterThan(30);
  const missing = named.filter(({ file, name }) => !readFileSync(file, "utf8").includes(name));
  expect(missing).toEqual([]);
});
