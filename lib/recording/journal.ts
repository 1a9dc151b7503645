import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rename, rmdir, unlink } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Log } from "#lib/log.ts";
import { isOrphan, newLeftName, newOwnedName } from "./owner.ts";
import { openLine, sealLine } from "./seal.ts";
import { type OpenSegment, openSegment, SegmentFile, syncFolder, writeWhole } from "./segment-file.ts";

/** One line read back: its text, or null when it cannot be opened; `raw` is the line as it stands on the disk. */
export type JournalLine = { text: string | null; raw: string };
export type ClosedSegment = { path: string; lines: number };

export type JournalOptions = { dir: string; key: Uint8Array; log: Log; open?: OpenSegment };

const MAX_SEGMENT_BYTES = 8 * 1024 * 1024;
const EXTENSION = ".journal";
const OWNER_ONLY = 0o700;

type Waiting = { texts: readonly string[]; resolve: () => void; reject: (error: unknown) => void };

/**
 * The encrypted local journal. Every process writes in a folder of its own, named after it, below the journal's folder;
 * segments of a dead process are taken over by renaming them, which only one taker can do. So no file has two writers
 * or two readers, and there is no lock that a killed process could leave behind.
 */
export class Journal {
  readonly #options: JournalOptions;
  #own: string | undefined;
  #current: SegmentFile | undefined;
  #closed: ClosedSegment[] = [];
  #waiting: Waiting[] = [];
  #isWriting = false;
  /** Writing and closing the current segment take turns. */
  #turn: Promise<void> = Promise.resolve();
  #made = 0;

  constructor(options: JournalOptions) {
    this.#options = options;
  }

  /** Lines written and not yet dropped. */
  lines(): number {
    return this.#closed.reduce((sum, segment) => sum + segment.lines, this.#current?.lines ?? 0);
  }

  /**
   * Resolves once the texts are on the disk. Calls that arrive during a write are written together.
   * @throws what the disk says; nothing of this call then counts as written.
   */
  append(texts: readonly string[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ texts, resolve, reject });
      if (this.#isWriting) return;
      this.#isWriting = true;
      void this.#inTurn(() => this.#writeAll());
    });
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(work, work);
    return this.#turn;
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0);
      try {
        const segment = await this.#segment();
        await segment.append(batch.flatMap(({ texts }) => texts.map((text) => this.#seal(text))));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        await this.#leaveSegment();
        for (const { reject } of batch) reject(error);
      }
    }
    // In the same step as the last look at the queue: whoever comes next starts the next turn.
    this.#isWriting = false;
  }

  #seal(text: string): string {
    return sealLine(this.#options.key, text);
  }

  async #segment(): Promise<SegmentFile> {
    if (this.#current && this.#current.bytes >= MAX_SEGMENT_BYTES) await this.#closeCurrent();
    this.#current ??= await SegmentFile.create(
      join(await this.#folder(), this.#newName()),
      this.#options.open ?? openSegment,
    );
    return this.#current;
  }

  /** After a failed write the tail of the file is unknown: whole lines before it stay, new ones go elsewhere. */
  async #leaveSegment(): Promise<void> {
    const failed = this.#current;
    this.#current = undefined;
    if (!failed) {
      // The folder itself may be gone: it is made again at the next try.
      this.#own = undefined;
      return;
    }
    await failed.abandon();
    if (failed.lines > 0) this.#closed.push({ path: failed.path, lines: failed.lines });
    else await unlink(failed.path).catch(() => undefined);
  }

  async #closeCurrent(): Promise<void> {
    const current = this.#current;
    this.#current = undefined;
    if (!current) return;
    await current.close();
    this.#closed.push({ path: current.path, lines: current.lines });
  }

  /** Sorts by time, also among segments taken over from others. */
  #newName(): string {
    this.#made += 1;
    const time = String(Date.now()).padStart(15, "0");
    const place = String(this.#made).padStart(6, "0");
    return `${time}-${place}-${randomBytes(4).toString("hex")}${EXTENSION}`;
  }

  async #folder(): Promise<string> {
    if (this.#own) return this.#own;
    const folder = join(this.#options.dir, newOwnedName());
    await mkdir(folder, { recursive: true, mode: OWNER_ONLY });
    await syncFolder(this.#options.dir);
    this.#own = folder;
    return folder;
  }

  /** Takes over what dead processes left; what another process is just taking is its own. */
  async adoptOrphans(): Promise<void> {
    await mkdir(this.#options.dir, { recursive: true, mode: OWNER_ONLY });
    for (const name of (await readdir(this.#options.dir)).filter(isOrphan)) {
      const orphan = join(this.#options.dir, name);
      for (const file of (await readdir(orphan).catch(() => [])).filter((f) => f.endsWith(EXTENSION))) {
        await this.#adopt(join(orphan, file));
      }
      await rmdir(orphan).catch(() => undefined);
    }
  }

  async #adopt(path: string): Promise<void> {
    const target = join(await this.#folder(), basename(path));
    try {
      await rename(path, target);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
      throw error;
    }
    const lines = (await this.read({ path: target, lines: 0 })).length;
    this.#closed.push({ path: target, lines });
    this.#options.log.info({ lines }, "took over journal lines of a process that ended");
  }

  /** The oldest segment, closed for writing, or undefined when the journal is empty. */
  async oldest(): Promise<ClosedSegment | undefined> {
    if (this.#closed.length === 0) {
      await this.#inTurn(() => this.#closeCurrent());
    }
    this.#closed.sort((a, b) => (basename(a.path) < basename(b.path) ? -1 : 1));
    return this.#closed[0];
  }

  /** All whole lines of a segment. A last line without its newline was never acknowledged and is left out. */
  async read(segment: ClosedSegment): Promise<JournalLine[]> {
    const raw = (await readFile(segment.path, "latin1")).split("\n").slice(0, -1);
    return raw.map((line) => ({ text: openLine(this.#options.key, line), raw: line }));
  }

  /** Deletes a segment whose lines are all accounted for. */
  async drop(segment: ClosedSegment): Promise<void> {
    await unlink(segment.path);
    this.#closed = this.#closed.filter(({ path }) => path !== segment.path);
  }

  /** Keeps lines, still encrypted, that can never be replayed. Repeating it for one segment changes nothing. */
  async keepAside(name: string, raw: readonly string[]): Promise<void> {
    const folder = join(this.#options.dir, "rejected");
    await mkdir(folder, { recursive: true, mode: OWNER_ONLY });
    await writeWhole(join(folder, `${name}.rejected`), `${raw.join("\n")}\n`);
  }

  /** Keeps one text aside that never stood in a segment. */
  keepTextAside(text: string): Promise<void> {
    return this.keepAside(this.#newName(), [this.#seal(text).trimEnd()]);
  }

  /** Ends writing; a folder with lines left is offered to whoever comes next. */
  async close(): Promise<void> {
    await this.#inTurn(() => this.#closeCurrent());
    if (!this.#own) return;
    const left = join(this.#options.dir, newLeftName());
    await rmdir(this.#own).catch(() => rename(this.#own ?? "", left));
  }
}
