import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "#lib/env.ts";
import { claimTemporaryStack } from "../supervisor/temporary-stack.ts";

export type GatehouseForTests = {
  /** What the journeys read with readJourneySettings, the browser's path apart. */
  readonly env: Readonly<Record<string, string>>;
  readonly stateDir: string;
  /** Ends every part and removes its state. */
  stop(): Promise<void>;
};

/**
 * Starts a whole new Gatehouse, every part embedded, on free ports and with a state of its own, beside any other;
 * `more` are settings as in the README.
 */
export async function startForTests(
  say: (line: string) => void,
  more: Environment = {},
): Promise<GatehouseForTests> {
  const { stack, stateDir, stop } = await claimTemporaryStack({ say }, more);
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
