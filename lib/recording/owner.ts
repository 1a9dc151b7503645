import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";

const OWNED = /^owner-(\d+)-(\d+)-[0-9a-f]+$/;
/** A folder whose owner has closed it in order: anyone may take what it left. */
const LEFT = /^left-[0-9a-f]+$/;

/** A folder name that says which process writes in it; it stays true when the process is killed. */
export const newOwnedName = (): string =>
  `owner-${process.pid}-${startTicksOf(process.pid) ?? 0}-${randomBytes(6).toString("hex")}`;

export const newLeftName = (): string => `left-${randomBytes(6).toString("hex")}`;

/** Whether nobody writes in this folder any more. Names that are not of this kind are never orphans. */
export function isOrphan(name: string): boolean {
  if (LEFT.test(name)) return true;
  const [, pid, startTicks] = OWNED.exec(name) ?? [];
  return pid !== undefined && !isRunning(Number(pid), Number(startTicks));
}

function isRunning(pid: number, startTicks: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  // The number may have gone to another process since: the start time tells them apart where the system shows it.
  const ticks = startTicksOf(pid);
  return startTicks === 0 || ticks === startTicks;
}

/** When the process was started, in the system's ticks; undefined where /proc does not say, or for a dead process. */
function startTicksOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [state] = fields;
    // Killed, but its parent has not looked yet.
    if (state === "Z" || state === "X") return undefined;
    return Number(fields[19]);
  } catch {
    return undefined;
  }
}
