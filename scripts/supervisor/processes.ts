import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

/** Whether a process with this number exists. A zombie has ended: nobody has collected it yet, and nothing it held is left. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  return !/^State:\s+Z/m.test(readProcess(pid, "status"));
}

function readProcess(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}

function askPs(pid: number, column: string): string {
  return spawnSync("ps", ["-o", `${column}=`, "-p", String(pid)], { encoding: "utf8" }).stdout?.trim() ?? "";
}

/** The command line of a process; empty where it cannot be known. */
export function commandOf(pid: number): string {
  return readProcess(pid, "cmdline").replaceAll("\0", " ").trim() || askPs(pid, "command");
}

/** When the process began, as the system writes it: with its number it names one process for ever, numbers are reused. */
export function birthOf(pid: number): string {
  const afterName = readProcess(pid, "stat").split(") ").at(-1) ?? "";
  return afterName.split(" ")[19] ?? askPs(pid, "lstart");
}

/** Waits for a process of any parent to end; false when it is still there after the time. */
export async function endsWithin(pid: number, timeMs: number): Promise<boolean> {
  const until = performance.now() + timeMs;
  while (isAlive(pid)) {
    if (performance.now() > until) return false;
    await delay(50);
  }
  return true;
}
