import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { createMultibiometrics, type MultibiometricsOptions } from "#lib/multibiometrics/client.ts";
import type { Multibiometrics } from "#lib/multibiometrics/types.ts";
import type { FaultPlan } from "#sandbox/faults.ts";
import { type Sandbox, startSandbox } from "#sandbox/server.ts";
import type { SandboxSettings } from "#sandbox/settings.ts";
import { render, sampleFace } from "#sandbox/testing/sample-faces.ts";

export const apiKey = "sample-key-of-people";
export const apiKeySecondary = "sample-second-key-of-people";
const qualityApiKey = "sample-key-of-quality";

/** Starts a sandbox for the test file that calls this, and gives clients of it; all ends with the file. */
export function sandboxForFile(settings: Partial<SandboxSettings> = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), "gatehouse-contract-"));
  const clients: Multibiometrics[] = [];
  const figures: string[] = [];
  const faces = { a: "", aOtherwise: "", b: "" };
  let sandbox: Sandbox;
  let people = 0;

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, apiKey, apiKeySecondary, qualityApiKey, dataDir, settings });
    const [a, b] = await Promise.all([sampleFace("A"), sampleFace("B")]);
    const otherwise = await render(a, { format: "png", width: 300, brightness: 1.15 });
    const [inA, inOther, inB] = [a, otherwise, b].map((picture) => picture.toString("base64"));
    Object.assign(faces, { a: inA, aOtherwise: inOther, b: inB });
  });

  async function setFaults(plan: FaultPlan): Promise<void> {
    const response = await fetch(`${sandbox.url}/__sandbox/faults`, {
      method: "PUT",
      headers: { "ocp-apim-subscription-key": apiKey, "content-type": "application/json" },
      body: JSON.stringify(plan),
    });
    expect(response.status).toBe(200);
  }

  afterEach(async () => {
    sandbox.revoke();
    await setFaults({});
    await Promise.all(clients.splice(0).map((client) => client.close()));
  });

  afterAll(async () => {
    await sandbox?.close();
    rmSync(dataDir, { recursive: true, force: true });
    for (const line of figures) process.stdout.write(`  multibiometrics: ${line}\n`);
  });

  function connect(options: Partial<MultibiometricsOptions> = {}, path = ""): Multibiometrics {
    const url = `${sandbox.url}${path}`;
    const client = createMultibiometrics({ url, apiKey, qualityApiKey, totalTimeoutMs: 15_000, ...options });
    clients.push(client);
    return client;
  }

  const newId = () => `contract-${++people}`;

  /** A person enrolled with face A. */
  async function enrolled(client: Multibiometrics): Promise<string> {
    const customId = newId();
    expect(await client.enroll(customId, { face: faces.a })).toMatchObject({ ok: true });
    return customId;
  }

  const revoke = (...keys: string[]) => sandbox.revoke(...keys);

  return {
    faces,
    connect,
    setFaults,
    revoke,
    newId,
    enrolled,
    note: (line: string) => void figures.push(line),
  };
}
