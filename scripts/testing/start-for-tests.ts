import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Environment, readStartSettings } from "#lib/env.ts";
import { rememberedDataDir } from "../postgres/place.ts";
import { findFreePort } from "../supervisor/ports.ts";
import { Stack } from "../supervisor/stack.ts";

export type GatehouseForTests = {
  /** What the journeys read with readJourneySettings, the browser's path apart. */
  readonly env: Readonly<Record<string, string>>;
  readonly stateDir: string;
  /** Ends every part and removes its state. */
  stop(): Promise<void>;
};

const PORTS = ["PORT", "GATEWAY_PORT", "SANDBOX_PORT", "UNLEASH_PORT", "POSTGRES_PORT"];

async function findFreePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) ports.add(await findFreePort());
  return [...ports];
}

/**
 * Starts a whole new Gatehouse, every part embedded, on free ports and with a state of its own, beside any other;
 * `more` are settings as in the README.
 */
export async function startForTests(
  say: (line: string) => void,
  more: Environment = {},
): Promise<GatehouseForTests> {
  const stateDir = mkdtempSync(join(tmpdir(), "gatehouse-journeys-"));
  const free = await findFreePorts(PORTS.length);
  const ports = Object.fromEntries(PORTS.map((name, index) => [name, String(free[index])]));
  const settings = readStartSettings({ ...more, ...ports, GATEHOUSE_DATA_DIR: stateDir });
  const stack = await Stack.claim(settings, { watch: false, say });
  const stop = async () => {
    await stack.stop();
    const postgres = rememberedDataDir(stateDir);
    const folders = postgres ? [stateDir, dirname(postgres)] : [stateDir];
    for (const folder of new Set(folders)) rmSync(folder, { recursive: true, force: true });
  };
  try {
    const { firstSignIn } = await stack.start();
    if (!firstSignIn) throw new Error("A new installation made no first administrator.");
    const env = {
      GATEHOUSE_URL: stack.site.consoleUrl,
      GATEHOUSE_GATEWAY_URL: stack.site.gatewayUrl,
      GATEHOUSE_SANDBOX_URL: stack.site.sandboxUrl,
      GATEHOUSE_ADMIN_EMAIL: firstSignIn.email,
      GATEHOUSE_ADMIN_PASSWORD: firstSignIn.password,
      GATEHOUSE_SAMPLE_KEY: readFileSync(join(stateDir, "sample-application.key"), "utf8").trim(),
      GATEHOUSE_API_KEY: stack.site.multibiometrics.apiKey,
      GATEHOUSE_STATE_DIR: stateDir,
      GATEHOUSE_DATABASE_URLS: [stack.site.databaseOwnerUrl, stack.site.unleashDatabaseUrl].join(","),
    };
    return { env, stateDir, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
