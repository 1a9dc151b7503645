import { spawn } from "node:child_process";
import { systemEnvironment } from "#lib/env.ts";
import { projectDir } from "../supervisor/child.ts";
import { say, seconds } from "../supervisor/print.ts";

export class StepFailed extends Error {
  override readonly name = "StepFailed";
}

/** Runs one step under its heading and says how long it took. */
export async function step<T>(heading: string, work: () => Promise<T> | T): Promise<T> {
  say(`\n== ${heading}`);
  const since = performance.now();
  try {
    return await work();
  } finally {
    say(`-- ${heading}: ${seconds(since)}`);
  }
}

/** Runs a Node.js program of a package; @throws StepFailed unless it ends well. Settings of this shell do not reach it. */
export async function run(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: projectDir,
    env: { ...systemEnvironment(), NEXT_TELEMETRY_DISABLED: "1", CI: "true", ...env } as Record<
      string,
      string
    > as NodeJS.ProcessEnv,
    stdio: ["ignore", "inherit", "inherit"],
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) throw new StepFailed(`${program} ended with exit code ${code}`);
}
