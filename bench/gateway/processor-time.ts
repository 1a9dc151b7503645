import { readdirSync, readFileSync } from "node:fs";

const PARTS = {
  load: "load-main.ts",
  api: "null-api.ts",
  proxy: "bare-proxy.ts",
  gateway: "gateway/main.ts",
  postgres: "postgres",
};
export type Part = keyof typeof PARTS;

/** The kernel counts in hundredths of a second, whatever the machine. */
const TICK_MS = 10;

type Running = { pid: number; parent: number; command: string; ms: number };

/**
 * The processor time that each part has taken since it started, in milliseconds: what a request costs, also on a machine
 * that others keep busy. Nulls where no kernel tells it (/proc is Linux's).
 */
export function processorTime(): Record<Part, number> | null {
  const running = listRunning();
  if (running.length === 0) return null;
  const ours = new Set([process.pid]);
  // A process has a higher number than its parent, but where the numbers began anew: looked through until nothing is added.
  for (let known = 0; known < ours.size; ) {
    known = ours.size;
    for (const { pid, parent } of running) if (ours.has(parent)) ours.add(pid);
  }
  const sumOf = (name: string) =>
    running
      .filter(({ pid, command }) => ours.has(pid) && command.includes(name))
      .reduce((sum, { ms }) => sum + ms, 0);
  return Object.fromEntries(Object.entries(PARTS).map(([part, name]) => [part, sumOf(name)])) as Record<
    Part,
    number
  >;
}

function listRunning(): Running[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, "utf8");
        const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        // In user and kernel mode, and the same of children that have ended.
        const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
        const command = readFileSync(`/proc/${name}/cmdline`, "utf8");
        return [{ pid: Number(name), parent: Number(fields[1]), command, ms: ticks * TICK_MS }];
      } catch {
        // Ended while we looked.
        return [];
      }
    });
}
