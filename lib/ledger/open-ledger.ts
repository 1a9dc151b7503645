import { randomBytes } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type OpenSegment, openSegment, SegmentFile } from "#lib/recording/segment-file.ts";
import { composeLine, ledgerRefOf, lineKeyOf } from "./rules.ts";
import type { ErasureLedger, LedgerFact } from "./types.ts";

export const LEDGER_FILE = /^erasure-ledger-.+\.jsonl$/;
const OWNER_ONLY = 0o700;

export type LedgerOptions = { folder: string; secret: string; open?: OpenSegment };

type Waiting = { fact: LedgerFact; resolve: () => void; reject: (error: unknown) => void };

/**
 * Opens the erasure ledger for adding. Every process writes files of its own, made at the first line, so that none has
 * two writers and parts on several machines need no common disk; they are read together. Nothing is written here.
 */
export function openLedger({ folder, secret, open = openSegment }: LedgerOptions): ErasureLedger {
  const file = new LedgerFile(folder, lineKeyOf(secret), open);
  const refOf = (customId: string) => ledgerRefOf(secret, customId);
  return {
    refOf,
    appendErasure: ({ customId, ...rest }) => file.append({ kind: "erasure", ref: refOf(customId), ...rest }),
    appendEnrolment: ({ customId, at }) => file.append({ kind: "enrolment", ref: refOf(customId), at }),
    close: () => file.close(),
  };
}

class LedgerFile {
  readonly #folder: string;
  readonly #key: Uint8Array;
  readonly #open: OpenSegment;
  #log = "";
  #current: SegmentFile | undefined;
  #waiting: Waiting[] = [];
  /** What writes; facts that arrive meanwhile are written together by it. */
  #writing: Promise<void> | undefined;

  constructor(folder: string, key: Uint8Array, open: OpenSegment) {
    this.#folder = folder;
    this.#key = key;
    this.#open = open;
  }

  append(fact: LedgerFact): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ fact, resolve, reject });
      this.#writing ??= this.#writeAll();
    });
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0);
      try {
        const file = await this.#file();
        const before = file.lines;
        const lines = batch.map(({ fact }, i) =>
          composeLine(this.#key, { log: this.#log, n: before + i + 1 }, fact),
        );
        await file.append(lines);
        for (const { resolve } of batch) resolve();
      } catch (error) {
        // The end of the file is unknown: its whole lines stay, new ones go to another file.
        await this.#current?.abandon();
        this.#current = undefined;
        for (const { reject } of batch) reject(error);
      }
    }
    // In the same step as the last look at the queue: whoever comes next begins anew.
    this.#writing = undefined;
  }

  async #file(): Promise<SegmentFile> {
    if (this.#current) return this.#current;
    await mkdir(this.#folder, { recursive: true, mode: OWNER_ONLY });
    this.#log = randomBytes(6).toString("hex");
    const name = `erasure-ledger-${Date.now()}-${this.#log}.jsonl`;
    this.#current = await SegmentFile.create(join(this.#folder, name), this.#open);
    return this.#current;
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#current?.close();
    this.#current = undefined;
  }
}
