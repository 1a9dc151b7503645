import { createHash } from "node:crypto";
import { join } from "node:path";
import { writePrivateFile } from "../supervisor/private-file.ts";
import { claimTemporaryStack, type TemporaryStack } from "../supervisor/temporary-stack.ts";

/**
 * Starts an installation of this simulation alone, without a console, beside any other. The secret that decides who is
 * exposed comes from the seed, so that the same people are.
 */
export async function startOwnInstallation(
  seed: number,
  say: (line: string) => void,
): Promise<TemporaryStack> {
  const loginKeySecret = createHash("sha256").update(`simulation ${seed}`).digest("hex");
  const own = await claimTemporaryStack({ say, hasConsole: false }, { LOG_LEVEL: "warn" }, (stateDir) =>
    writePrivateFile(join(stateDir, "secrets.json"), JSON.stringify({ loginKeySecret })),
  );
  try {
    await own.stack.start();
    return own;
  } catch (error) {
    await own.stop();
    throw error;
  }
}
