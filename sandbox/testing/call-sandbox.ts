import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "vitest";
import { type Sandbox, type SandboxOptions, startSandbox } from "../server.ts";

export type Reply = { status: number; type: string; text: string; headers: Headers };
export type Call = (method: string, url: string, body?: unknown, options?: CallChoices) => Promise<Reply>;
export type CallChoices = { headers?: Record<string, string>; signal?: AbortSignal };

const testKey = "test-key";

export type TestSandbox = Sandbox & { call: Call; dataDir: string };

/** Starts a sandbox on a free port with a folder of its own; `close` removes the folder. */
export async function startTestSandbox(options: Partial<SandboxOptions> = {}): Promise<TestSandbox> {
  const dataDir = options.dataDir ?? (await mkdtemp(path.join(tmpdir(), "sandbox-test-")));
  const sandbox = await startSandbox({ port: 0, apiKey: testKey, ...options, dataDir });
  return {
    ...sandbox,
    dataDir,
    call: callerOf(sandbox.url),
    async close() {
      await sandbox.close();
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Calls with the test key and JSON, unless the headers say otherwise. A string body is sent as it is. */
function callerOf(url: string): Call {
  return async (method, route, body, { headers, signal } = {}) => {
    const sent = headers ?? { "ocp-apim-subscription-key": testKey };
    const response = await fetch(url + route, {
      method,
      headers: body === undefined ? sent : { "content-type": "application/json", ...sent },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
    const text = await response.text();
    return {
      status: response.status,
      type: response.headers.get("content-type") ?? "",
      text,
      headers: response.headers,
    };
  };
}

/** Expects a business error exactly as the API gives it: the bare message, as plain text. */
export async function expectRefusal(
  sandbox: TestSandbox,
  method: string,
  url: string,
  body: unknown,
  message: string,
  status = 400,
): Promise<void> {
  const reply = await sandbox.call(method, url, body);
  expect(reply).toMatchObject({ status, text: message, type: "text/plain; charset=utf-8" });
}

/** The body of an answer that must be JSON. */
export function json(reply: Reply): unknown {
  return JSON.parse(reply.text);
}

/** A request body for enroll, verify or update. */
export function person(customId: string, face?: Buffer, fingers: Record<string, Buffer> = {}): object {
  const prints = Object.entries(fingers).map(([key, image]) => [key, image.toString("base64")]);
  return {
    Person: {
      CustomID: customId,
      ...(face === undefined ? {} : { Face: [{ "Face-1": face.toString("base64") }] }),
      ...(prints.length === 0 ? {} : { Fingers: [Object.fromEntries(prints)] }),
    },
  };
}
