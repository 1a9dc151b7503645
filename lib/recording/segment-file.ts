import { type FileHandle, open, rename } from "node:fs/promises";
import { dirname } from "node:path";

/** Opens a file that must not exist yet, for appending. Tests pass one that fails. */
export type OpenSegment = (path: string) => Promise<FileHandle>;

const OWNER_ONLY = 0o600;

export const openSegment: OpenSegment = (path) => open(path, "ax", OWNER_ONLY);

/** Makes the names in a folder survive a power failure, not only the files' contents. */
export async function syncFolder(path: string): Promise<void> {
  // Windows opens no folders and keeps names in its own log.
  if (process.platform === "win32") return;
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Writes a whole file so that after a crash it is there completely or not at all. */
export async function writeWhole(path: string, content: string): Promise<void> {
  const draft = `${path}.draft`;
  const file = await open(draft, "w", OWNER_ONLY);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
  await syncFolder(dirname(path));
}

/** A journal file being written. What `append` has resolved is on the disk. */
export class SegmentFile {
  readonly path: string;
  bytes = 0;
  lines = 0;
  readonly #file: FileHandle;

  private constructor(path: string, file: FileHandle) {
    this.path = path;
    this.#file = file;
  }

  static async create(path: string, opener: OpenSegment): Promise<SegmentFile> {
    const file = await opener(path);
    await syncFolder(dirname(path));
    return new SegmentFile(path, file);
  }

  /** @throws what the disk says; the file must then be closed, it may end in a torn line. */
  async append(lines: readonly string[]): Promise<void> {
    const content = Buffer.from(lines.join(""));
    await this.#file.appendFile(content);
    await this.#file.datasync();
    this.bytes += content.length;
    this.lines += lines.length;
  }

  /** Cuts off what a failed append left, where the disk still allows it, and closes. */
  async abandon(): Promise<void> {
    await this.#file.truncate(this.bytes).catch(() => undefined);
    await this.close();
  }

  async close(): Promise<void> {
    await this.#file.close().catch(() => undefined);
  }
}
