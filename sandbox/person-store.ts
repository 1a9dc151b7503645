import { createHash } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";

const personRecord = z.strictObject({
  customId: z.string(),
  bioPassId: z.string(),
  clientId: z.string(),
  face: z.string().nullable(),
  fingers: z.record(z.string(), z.string()),
});

/** One enrolled person: ids and templates, never a picture. */
export type PersonRecord = z.infer<typeof personRecord>;

/** How much is held: people, those of them with a face, those with fingers, and templates of fingers in all. */
export type HeldCounts = { people: number; withFace: number; withFingers: number; fingers: number };

export type PersonStore = {
  find(customId: string): PersonRecord | null;
  counts(): HeldCounts;
  /** True when the id was erased and `remember` was asked for. */
  wasErased(customId: string): boolean;
  /** Adds a person; false, and nothing written, when the id is in use. Durable when it resolves. */
  add(record: PersonRecord): Promise<boolean>;
  /** Replaces a person; false, and nothing written, when there is none. Durable when it resolves. */
  replace(record: PersonRecord): Promise<boolean>;
  /** Removes a person's file; false when there is none. Durable when it resolves. */
  erase(customId: string, options: { remember: boolean }): Promise<boolean>;
};

/**
 * Opens the store in a folder, making it when missing: one file per person, so that erasing a person erases a file.
 *
 * A file appears whole or not at all (written beside, flushed, renamed, folder flushed), whenever the process dies.
 */
export async function openPersonStore(dataDir: string): Promise<PersonStore> {
  const folder = path.join(dataDir, "people");
  const erasedFolder = path.join(dataDir, "erased");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await mkdir(erasedFolder, { recursive: true, mode: 0o700 });
  const people = await readPeople(folder);
  const erased = new Set(await readdir(erasedFolder));
  const fileOf = (customId: string) => path.join(folder, `${hash(customId)}.json`);

  // One write at a time: two requests about the same person then meet in order.
  let line: Promise<unknown> = Promise.resolve();
  const inTurn = (work: () => Promise<boolean>): Promise<boolean> => {
    const done = line.then(work);
    line = done.catch(() => undefined);
    return done;
  };
  const write = async (record: PersonRecord) => {
    await writeWhole(fileOf(record.customId), JSON.stringify(record));
    people.set(record.customId, record);
    return true;
  };
  return {
    find: (customId) => people.get(customId) ?? null,
    counts: () => countHeld(people),
    wasErased: (customId) => erased.has(hash(customId)),
    add: (record) => inTurn(async () => !people.has(record.customId) && (await write(record))),
    replace: (record) => inTurn(async () => people.has(record.customId) && (await write(record))),
    erase: (customId, { remember }) =>
      inTurn(async () => {
        if (!people.has(customId)) return false;
        if (remember) {
          await writeWhole(path.join(erasedFolder, hash(customId)), "");
          erased.add(hash(customId));
        }
        await rm(fileOf(customId), { force: true });
        await flushFolder(folder);
        return people.delete(customId);
      }),
  };
}

function countHeld(people: ReadonlyMap<string, PersonRecord>): HeldCounts {
  const counts: HeldCounts = { people: people.size, withFace: 0, withFingers: 0, fingers: 0 };
  for (const { face, fingers } of people.values()) {
    const held = Object.keys(fingers).length;
    if (face !== null) counts.withFace += 1;
    if (held > 0) counts.withFingers += 1;
    counts.fingers += held;
  }
  return counts;
}

async function readPeople(folder: string): Promise<Map<string, PersonRecord>> {
  const people = new Map<string, PersonRecord>();
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name);
    if (!name.endsWith(".json")) {
      // What a killed process left half-written; its rename never happened, so its answer was never given.
      await rm(file, { force: true });
      continue;
    }
    const record = personRecord.parse(JSON.parse(await readFile(file, "utf8")));
    people.set(record.customId, record);
  }
  return people;
}

async function writeWhole(file: string, text: string): Promise<void> {
  const beside = `${file}.part`;
  const handle = await open(beside, "w", 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(beside, file);
  await flushFolder(path.dirname(file));
}

async function flushFolder(folder: string): Promise<void> {
  // Windows cannot open a folder to flush it, and needs not.
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function hash(customId: string): string {
  return createHash("sha256").update(customId).digest("hex");
}
