import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Environment, readStartSettings } from "#lib/env.ts";
import { rememberedDataDir } from "../postgres/place.ts";
import { findFreePort } from "./ports.ts";
import { Stack, type StackOptions } from "./stack.ts";

const PORTS = ["PORT", "GATEWAY_PORT", "SANDBOX_PORT", "UNLEASH_PORT", "POSTGRES_PORT"];

export type TemporaryStack = {
  readonly stack: Stack;
  readonly settings: ReturnType<typeof readStartSettings>;
  readonly stateDir: string;
  /** Ends every part and removes its state. */
  stop(): Promise<void>;
};

/**
 * A whole new Gatehouse beside any other, every part embedded, on free ports and with a state of its own; not started yet.
 * `more` are settings as in the README. `prepare` may lay something into its folder before it is claimed.
 */
export async function claimTemporaryStack(
  options: Omit<StackOptions, "watch">,
  more: Environment = {},
  prepare: (stateDir: string) => void = () => undefined,
): Promise<TemporaryStack> {
  const stateDir = mkdtempSync(join(tmpdir(), "gatehouse-temporary-"));
  prepare(stateDir);
  const free = await findFreePorts(PORTS.length);
  const ports = Object.fromEntries(PORTS.map((name, index) => [name, String(free[index])]));
  const settings = readStartSettings({ ...more, ...ports, GATEHOUSE_DATA_DIR: stateDir });
  const stack = await Stack.claim(settings, { ...options, watch: false });
  const stop = async () => {
    await stack.stop();
    const postgres = rememberedDataDir(stateDir);
    const folders = postgres ? [stateDir, dirname(postgres)] : [stateDir];
    for (const folder of new Set(folders)) rmSync(folder, { recursive: true, force: true });
  };
  return { stack, settings, stateDir, stop };
}

async function findFreePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) ports.add(await findFreePort());
  return [...ports];
}
