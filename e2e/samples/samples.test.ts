import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type SampleWorld, startSamples, walkSample } from "./try-sample.ts";

const PATIENCE_MS = 120_000;
let samples: SampleWorld;
beforeAll(async () => {
  samples = await startSamples();
}, PATIENCE_MS);
afterAll(() => samples.close());

test.each(["typescript", "python"] as const)(
  "the sample in %s handles every decision, and an outage ends with the password",
  (sample) => walkSample(samples, sample),
  PATIENCE_MS,
);

const FILES = ["typescript/sample.ts", "python/sample.py", "java/Sample.java"].map((name) =>
  readFileSync(`docs/samples/${name}`, "utf8"),
);
const bare = (text: string) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .join("\n")
    .trim();

test("samples are short, and every snippet of docs/integrate.md stands in one of them", () => {
  for (const text of FILES) expect(text.trimEnd().split("\n").length).toBeLessThanOrEqual(80);
  const page = readFileSync("docs/integrate.md", "utf8");
  const snippets = [...page.matchAll(/```(?:ts|python|java)\n([\s\S]*?)```/g)].map(([, text = ""]) =>
    bare(text),
  );
  expect(snippets.length).toBeGreaterThan(2);
  expect(snippets.filter((text) => !FILES.some((file) => bare(file).includes(text)))).toEqual([]);
});
