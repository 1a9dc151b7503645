import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const entry = fileURLToPath(new URL("./main.ts", import.meta.url));
let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), "sandbox-main-"));
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

function launch(env: Record<string, string>): { child: ChildProcess; output: () => string } {
  const child = fork(entry, {
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: {
      NODE_ENV: "test",
      PATH: process.env.PATH,
      SANDBOX_PORT: "0",
      SANDBOX_DATA_DIR: dataDir,
      MULTIBIOMETRICS_API_KEY: "k",
      ...env,
    },
  });
  let text = "";
  child.stdout?.on("data", (chunk) => (text += chunk));
  child.stderr?.on("data", (chunk) => (text += chunk));
  return { child, output: () => text };
}

async function exitCode(child: ChildProcess): Promise<unknown> {
  const [code] = await once(child, "close");
  return code;
}

test.each(["SIGTERM", "SIGINT"] as const)(
  "says it is ready, and ends cleanly on %s",
  async (signal) => {
    const { child, output } = launch({});
    expect((await once(child, "message"))[0]).toBe("ready");
    child.kill(signal);
    expect(await exitCode(child)).toBe(0);
    expect(output()).toMatch(
      /^sandbox: listening on http:\/\/127\.0\.0\.1:\d+, face model loaded in \d+ ms\n$/,
    );
  },
  20_000,
);

test("ends cleanly when the process that started it is gone", async () => {
  const { child } = launch({});
  await once(child, "message");
  child.disconnect();
  // Its streams never say "close" once the channel is cut, so this waits for the exit itself.
  expect((await once(child, "exit"))[0]).toBe(0);
}, 20_000);

test("names the port and the variable when the port is in use", async () => {
  const holder = createServer().listen(0, "127.0.0.1");
  await once(holder, "listening");
  const address = holder.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const { child, output } = launch({ SANDBOX_PORT: String(port) });
  expect(await exitCode(child)).toBe(1);
  expect(output()).toBe(
    `sandbox: port ${port} is in use; stop what holds it or set SANDBOX_PORT to another\n`,
  );
  holder.close();
}, 20_000);

test("does not start in production unless told to", async () => {
  const refused = launch({ NODE_ENV: "production" });
  expect(await exitCode(refused.child)).toBe(1);
  expect(refused.output()).toContain("SANDBOX_ALLOW_PRODUCTION=1");
  const allowed = launch({ NODE_ENV: "production", SANDBOX_ALLOW_PRODUCTION: "1" });
  expect((await once(allowed.child, "message"))[0]).toBe("ready");
  allowed.child.kill("SIGTERM");
  expect(await exitCode(allowed.child)).toBe(0);
}, 30_000);

test("names a missing variable and a setting it does not know, in one line", async () => {
  const missing = launch({ MULTIBIOMETRICS_API_KEY: "" });
  expect(await exitCode(missing.child)).toBe(1);
  expect(missing.output()).toMatch(/^sandbox: .*MULTIBIOMETRICS_API_KEY.*\n$/);
  const unknown = launch({ SANDBOX_SETTINGS: '{"matchRul":"any"}' });
  expect(await exitCode(unknown.child)).toBe(1);
  expect(unknown.output()).toMatch(/^sandbox: .*matchRul.*\n$/);
}, 20_000);
