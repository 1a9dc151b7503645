import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { writePrivateFile } from "./private-file.ts";
import { birthOf, endsWithin, isAlive } from "./processes.ts";
import { CannotStart } from "./state-dir.ts";

const processSchema = z.object({ title: z.string(), pid: z.number(), birth: z.string() });
const recordSchema = z.object({ supervisor: processSchema, parts: z.array(processSchema) });
type RunningProcess = z.output<typeof processSchema>;

/** Longer than any part takes to end by itself once its start command is gone. */
const GRACE_MS = 15_000;

const isStillRunning = ({ pid, birth }: RunningProcess): boolean => isAlive(pid) && birthOf(pid) === birth;

/** Remembers on disk which processes belong to a start, so that the next one can clear up after a killed one. */
export class RunningRecord {
  private readonly path: string;

  constructor(stateDir: string) {
    this.path = join(stateDir, "running.json");
  }

  /**
   * Takes the folder for this start, ending what a killed start left behind.
   * @returns whether there was something to end.
   * @throws CannotStart when another start is using the folder.
   */
  async takeOver(): Promise<boolean> {
    const earlier = this.read();
    if (earlier && isStillRunning(earlier.supervisor)) {
      const { pid } = earlier.supervisor;
      throw new CannotStart(
        `Gatehouse is already running from this folder (process ${pid}). Stop it first, with Ctrl-C where it runs or: kill ${pid}`,
      );
    }
    const left = (earlier?.parts ?? []).filter(isStillRunning);
    await Promise.all(left.map(endLeftBehind));
    this.write([]);
    return left.length > 0;
  }

  write(parts: readonly { readonly title: string; readonly pid: number | undefined }[]): void {
    const known = parts.flatMap(({ title, pid }) => (pid ? [{ title, pid, birth: birthOf(pid) }] : []));
    const supervisor = { title: "start", pid: process.pid, birth: birthOf(process.pid) };
    writePrivateFile(this.path, `${JSON.stringify({ supervisor, parts: known }, null, 2)}\n`);
  }

  clear(): void {
    rmSync(this.path, { force: true });
  }

  private read(): z.output<typeof recordSchema> | undefined {
    if (!existsSync(this.path)) return undefined;
    try {
      return recordSchema.parse(JSON.parse(readFileSync(this.path, "utf8")));
    } catch {
      // Written whole or not at all: an unreadable record is not one of ours.
      return undefined;
    }
  }
}

/** Parts end by themselves when their start command is gone; one that hangs is ended for it. */
async function endLeftBehind({ title, pid }: RunningProcess): Promise<void> {
  if (await endsWithin(pid, GRACE_MS)) return;
  process.kill(pid, "SIGKILL");
  if (!(await endsWithin(pid, GRACE_MS))) {
    throw new CannotStart(
      `${title} of an earlier start (process ${pid}) does not end. End it: kill -9 ${pid}`,
    );
  }
}
