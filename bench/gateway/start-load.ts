import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { LoadOrder, LoadResult, LoadSubjects } from "./types.ts";

export type Load = { run(order: LoadOrder): Promise<LoadResult>; stop(): void };

/** The load generator in a process of its own: it must not share a thread with what it measures. */
export function startLoad(subjects: LoadSubjects): Load {
  const entry = fileURLToPath(new URL("load-main.ts", import.meta.url));
  const child = fork(entry, [], { execArgv: ["--import", "tsx"] });
  child.send({ subjects });
  const ended = once(child, "exit").then(() => Promise.reject(new Error("The load generator ended")));
  ended.catch(() => undefined);
  return {
    async run(order) {
      child.send({ order });
      const [result] = await Promise.race([once(child, "message"), ended]);
      return result as LoadResult;
    },
    stop: () => child.disconnect(),
  };
}
