import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { systemEnvironment } from "#lib/env.ts";
import type { LogFile } from "./log-file.ts";

export const projectDir = fileURLToPath(new URL("../..", import.meta.url));

/** One process of Gatehouse: what it runs, with which settings, and how it is spoken of. */
export type PartPlan = {
  /** Also the name of its log. */
  readonly name: string;
  readonly title: string;
  readonly address: string;
  /** A TypeScript file, from the project's folder. It sends "ready", and ends on SIGTERM and when its channel closes. */
  readonly entry: string;
  readonly env: Readonly<Record<string, string>>;
  /** Options of Node.js itself. */
  readonly nodeOptions: readonly string[];
  readonly readyWithinMs: number;
  readonly stopWithinMs: number;
  /** Folders whose changes restart the part in watch mode. */
  readonly watched: readonly string[];
};

export type Exit = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

export type Child = {
  readonly pid: number | undefined;
  readonly ready: Promise<void>;
  readonly exited: Promise<Exit>;
  stop(): Promise<void>;
};

/** Its own process group: a Ctrl-C in the terminal reaches the start command alone, which ends the parts in order. */
export function startChild(plan: PartPlan, log: LogFile): Child {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", "--enable-source-maps", ...plan.nodeOptions, plan.entry],
    {
      cwd: projectDir,
      env: { ...systemEnvironment(), ...plan.env } as Record<string, string> as NodeJS.ProcessEnv,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      detached: true,
    },
  );
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => log.append(String(chunk)));
  const exited = new Promise<Exit>((resolve) => {
    child.once("error", (error) => {
      log.append(`${error.message}\n`);
      resolve({ code: 1, signal: null });
    });
    child.once("close", (code, signal) => resolve({ code, signal }));
  });
  const ready = new Promise<void>((resolve) => {
    child.on("message", (message) => {
      if (message === "ready") resolve();
    });
  });
  return { pid: child.pid, ready, exited, stop };

  async function stop(): Promise<void> {
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), plan.stopWithinMs);
    await exited;
    clearTimeout(timer);
  }
}
