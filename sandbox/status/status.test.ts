import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { generatePrint } from "../fingers/generate-print.ts";
import { defaultSettings } from "../settings.ts";
import { json, person, startTestSandbox, type TestSandbox } from "../testing/call-sandbox.ts";
import { sampleFace } from "../testing/sample-faces.ts";
import { tellSettings } from "./facts.ts";
import { languageOf } from "./texts.ts";

let sandbox: TestSandbox;

beforeAll(async () => {
  sandbox = await startTestSandbox({ settings: { spoof: true, errorContentType: "text/plain; x=<&" } });
  const finger = await generatePrint(7);
  await sandbox.call("POST", "/multibiometrics/enroll", person("status-one", await sampleFace("A")));
  await sandbox.call(
    "POST",
    "/multibiometrics/enroll",
    person("status-two", undefined, { "Finger-2": finger, "Finger-3": finger }),
  );
  await sandbox.call("POST", "/multibiometrics/verify", "{");
}, 60_000);
afterAll(() => sandbox.close());

const page = async (language: string) =>
  await sandbox.call("GET", "/", undefined, {
    headers: { accept: "text/html", "accept-language": language },
  });

describe("the page at the sandbox's address", () => {
  test("tells how much is held and how calls ended, and names nobody", async () => {
    const told = json(await sandbox.call("GET", "/", undefined, { headers: {} }));
    expect(told).toMatchObject({
      held: { people: 2, withFace: 1, withFingers: 1, fingers: 2 },
      calls: { enroll: { worked: 2, refused: 0, failed: 0 }, verify: { worked: 0, refused: 1, failed: 0 } },
      faults: {},
    });
    const { text, type } = await page("en");
    expect(type).toContain("text/html");
    expect(text).toContain("<dt>Fingers in all</dt><dd>2</dd>");
    for (const secret of ["status-one", "status-two", "test-key", "base64"])
      expect(text).not.toContain(secret);
  });

  test("says the same in Portuguese", async () => {
    const { text } = await page("pt-BR,pt;q=0.9,en;q=0.8");
    expect(text).toContain('<html lang="pt-BR">');
    expect(text).toContain("<dt>Dedos ao todo</dt><dd>2</dd>");
  });

  test("runs no script, and shows a setting's text as text", async () => {
    const { text, headers } = await page("en");
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(text).not.toMatch(/<script|<img|https?:/);
    expect(text).toContain("x=&lt;&amp;");
  });

  test("shows the faults in force, and a connection cut off as a failed call", async () => {
    await sandbox.call("PUT", "/__sandbox/faults", {
      match: { kind: "drop", times: 2 },
      "*": { kind: "latency", ms: 1 },
    });
    await expect(sandbox.call("POST", "/multibiometrics/match", {})).rejects.toThrow();
    const { text } = await page("en");
    expect(text).toContain("<b><code>match</code></b> <code>drop</code> for 1 more call<");
    expect(text).toContain("<b>all others</b> <code>latency, ms 1</code> until cleared");
    const told = json(await sandbox.call("GET", "/", undefined, { headers: {} }));
    expect(told).toMatchObject({ calls: { match: { worked: 0, refused: 0, failed: 1 } } });
  });
});

test("settings that differ from their default come first", () => {
  const [first, second] = tellSettings({ ...defaultSettings, spoof: true });
  expect(first).toEqual({ name: "spoof", value: "true", changed: true });
  expect(second?.changed).toBe(false);
});

test.each([
  [undefined, "en"],
  ["de,en;q=0.5,pt;q=0.1", "en"],
  ["pt-BR", "pt-BR"],
  ["fr", "en"],
])("%s is answered in %s", (header, language) => {
  expect(languageOf(header)).toBe(language);
});
