import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";

const ROTATE_BYTES = 20 * 1024 * 1024;
const TAIL_LINES = 25;
const WARNING = /"level":"(?:warn|error|fatal)"|\b(?:WARN|WARNING|ERROR|FATAL|PANIC)\b/;

/** A part's log: one file and its predecessor, and what the start command needs to say about it. */
export class LogFile {
  readonly path: string;
  warnings = 0;
  private tail: string[] = [];
  private size = 0;
  private unfinished = "";

  constructor(folder: string, part: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.path = join(folder, `${part}.log`);
    this.size = existsSync(this.path) ? statSync(this.path).size : 0;
  }

  append(text: string): void {
    if (this.size > ROTATE_BYTES) this.rotate();
    appendFileSync(this.path, text, { mode: 0o600 });
    this.size += Buffer.byteLength(text);
    const lines = (this.unfinished + text).split("\n");
    this.unfinished = (lines.pop() ?? "").slice(-4000);
    for (const line of lines) {
      if (WARNING.test(line)) this.warnings += 1;
    }
    this.tail = [...this.tail, ...lines].slice(-TAIL_LINES);
  }

  /** The last lines written, for the one moment they are shown: when the part cannot start. */
  lastLines(): string {
    return [...this.tail, this.unfinished].filter((line) => line !== "").join("\n");
  }

  private rotate(): void {
    renameSync(this.path, this.path.replace(/\.log$/, ".earlier.log"));
    this.size = 0;
  }
}
