import type { StreamTrouble } from "./types.ts";

/** A file that is being read turns out to be no table; `line` is where that was noticed, null where it is the whole file. */
export class TableUnreadable extends Error {
  override readonly name = "TableUnreadable";
  readonly trouble: StreamTrouble;
  readonly line: number | null;

  constructor(trouble: StreamTrouble, line: number | null) {
    super(`The table cannot be read: ${trouble}${line === null ? "" : ` at line ${line}`}`);
    this.trouble = trouble;
    this.line = line;
  }
}
