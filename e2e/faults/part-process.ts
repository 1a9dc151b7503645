import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";

export type PartProcess = {
  /** Ends it without a chance to finish anything. */
  kill(): Promise<void>;
  /** Ends it in order. */
  stop(): Promise<void>;
  /** Resolves when it says that it is ready. */
  start(): Promise<void>;
};

/** A part as it is started in earnest, in a process of its own. Not started yet. `onLog` hears all that it writes. */
export function partProcess(
  entry: string,
  env: NodeJS.ProcessEnv,
  onLog: ((text: string) => void) | undefined,
  nodeOptions: readonly string[] = [],
): PartProcess {
  let child: ChildProcess | undefined;
  return {
    async start() {
      child = fork(entry, [], {
        execArgv: ["--import", "tsx", ...nodeOptions],
        env,
        silent: onLog !== undefined,
      });
      for (const stream of [child.stdout, child.stderr]) stream?.on("data", (text) => onLog?.(String(text)));
      const failed = once(child, "exit").then(() => Promise.reject(new Error("the part did not start")));
      await Promise.race([once(child, "message"), failed]);
      failed.catch(() => undefined);
    },
    async stop() {
      if (!child) return;
      const exited = once(child, "exit");
      child.kill("SIGTERM");
      await exited;
      child = undefined;
    },
    async kill() {
      if (!child || child.exitCode !== null || child.signalCode !== null) {
        throw new Error(`the part had ended by itself (${child?.exitCode ?? child?.signalCode})`);
      }
      const exited = once(child, "exit");
      child.kill("SIGKILL");
      await exited;
    },
  };
}
