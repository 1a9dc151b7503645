import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { open, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { log } from "#lib/log.ts";
import { type ClosedSegment, Journal, type JournalOptions } from "./journal.ts";
import { openLine, sealLine } from "./seal.ts";

const key = randomBytes(32);
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "journal-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const journal = (options: Partial<JournalOptions> = {}) => new Journal({ dir, key, log, ...options });
const texts = async (from: Journal, segment: ClosedSegment) =>
  (await from.read(segment)).map(({ text }) => text);

async function oldestOf(from: Journal): Promise<ClosedSegment> {
  const segment = await from.oldest();
  if (!segment) throw new Error("the journal is empty");
  return segment;
}

const filesBelow = (path: string) =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

describe("a sealed line", () => {
  it("opens with its key only, and not when a character of it was changed", () => {
    const line = sealLine(key, "sample text").trimEnd();
    expect(openLine(key, line)).toBe("sample text");
    expect(openLine(randomBytes(32), line)).toBeNull();
    for (const place of [4, 20, line.length - 3]) {
      const other = line[place] === "A" ? "B" : "A";
      expect(openLine(key, line.slice(0, place) + other + line.slice(place + 1))).toBeNull();
    }
    expect(openLine(key, "")).toBeNull();
    expect(openLine(key, "g1 AAAA")).toBeNull();
  });

  it("is never taken for a picture: it holds no long run of Base64", () => {
    const text = "a longer sample text ".repeat(200);
    const line = sealLine(key, text);
    expect(line.trimEnd()).not.toMatch(/[^ ]{121}|\n/);
    expect(openLine(key, line.trimEnd())).toBe(text);
  });
});

describe("the journal", () => {
  it("gives back what was appended, in order, and holds none of it in clear", async () => {
    const one = journal();
    await Promise.all(["a-sample", "b-sample", "c-sample"].map((text) => one.append([text])));
    expect(one.lines()).toBe(3);
    const content = filesBelow(dir).map((file) => readFileSync(file, "utf8"));
    expect(content.join("")).not.toMatch(/sample/);
    const segment = await oldestOf(one);
    expect(await texts(one, segment)).toEqual(["a-sample", "b-sample", "c-sample"]);
    await one.drop(segment);
    expect(one.lines()).toBe(0);
    expect(await one.oldest()).toBeUndefined();
    await one.close();
    expect(filesBelow(dir)).toEqual([]);
  });

  it("acknowledges each of many calls that come while it writes", async () => {
    const one = journal();
    const calls = Array.from({ length: 50 }, (_, i) => `line ${i}`);
    for (const text of calls) void one.append([`first ${text}`]).then(() => one.append([`then ${text}`]));
    await Promise.all(calls.map((text) => one.append([text])));
    await expect.poll(() => one.lines()).toBe(150);
    expect(new Set(await texts(one, await oldestOf(one))).size).toBe(150);
  });

  it("loses no line that is appended while a segment is taken for replay", async () => {
    const one = journal();
    const appended: Promise<void>[] = [];
    const seen: (string | null)[] = [];
    for (let i = 0; i < 30; i += 1) {
      appended.push(one.append([`line ${i}`]));
      const segment = await one.oldest();
      if (!segment) continue;
      seen.push(...(await texts(one, segment)));
      await one.drop(segment);
    }
    await Promise.all(appended);
    for (let next = await one.oldest(); next; next = await one.oldest()) {
      seen.push(...(await texts(one, next)));
      await one.drop(next);
    }
    expect(seen).toEqual(Array.from({ length: 30 }, (_, i) => `line ${i}`));
  });

  it("leaves out a last line torn by a crash, wherever it is torn", async () => {
    const one = journal();
    await one.append(["first", "second"]);
    const segment = await oldestOf(one);
    const whole = readFileSync(segment.path);
    const secondLine = whole.indexOf("\n") + 1;
    for (let end = whole.length - 1; end >= secondLine; end -= 1) {
      await truncate(segment.path, end);
      expect(await texts(one, segment)).toEqual(["first"]);
      writeFileSync(segment.path, whole);
    }
    expect(await texts(one, segment)).toEqual(["first", "second"]);
  });

  it("tells a line that cannot be opened from one that can", async () => {
    const one = journal();
    await one.append(["first", "second"]);
    const segment = await oldestOf(one);
    const other = journal({ key: randomBytes(32) });
    expect(await texts(other, segment)).toEqual([null, null]);
  });

  it("left by a closed recorder is taken over by the next, oldest first", async () => {
    for (const text of ["first", "second"]) {
      const one = journal();
      await one.append([text]);
      await one.close();
    }
    const next = journal();
    await next.append(["third"]);
    await next.adoptOrphans();
    expect(next.lines()).toBe(3);
    const seen: (string | null)[] = [];
    for (let segment = await next.oldest(); segment; segment = await next.oldest()) {
      seen.push(...(await texts(next, segment)));
      await next.drop(segment);
    }
    expect(seen).toEqual(["first", "second", "third"]);
  });

  it("of a living process is never taken over, and one that was left only by one taker", async () => {
    const owner = journal();
    await owner.append(["still writing"]);
    const left = journal();
    await left.append(["left"]);
    await left.close();
    const takers = [journal(), journal(), journal()];
    await Promise.all(takers.map((taker) => taker.adoptOrphans()));
    expect(takers.map((taker) => taker.lines()).sort()).toEqual([0, 0, 1]);
    expect(owner.lines()).toBe(1);
  });

  it("rejects what a full disk refuses and goes on when there is room again", async () => {
    let isFull = true;
    const one = journal({ open: (path) => open(isFull ? "/dev/full" : path, isFull ? "a" : "ax") });
    await expect(one.append(["lost"])).rejects.toMatchObject({ code: "ENOSPC" });
    isFull = false;
    await one.append(["kept"]);
    expect(one.lines()).toBe(1);
    expect(await texts(one, await oldestOf(one))).toEqual(["kept"]);
  });

  it("keeps whole lines before a failed write, and writes the next ones elsewhere", async () => {
    const one = journal({
      open: async (path) => {
        const file = await open(path, "ax");
        const append = file.appendFile.bind(file);
        let writes = 0;
        file.appendFile = async (data) => {
          writes += 1;
          if (writes !== 2) return append(data);
          await append(String(data).slice(0, 10));
          throw Object.assign(new Error("no space left"), { code: "ENOSPC" });
        };
        return file;
      },
    });
    await one.append(["first"]);
    await expect(one.append(["torn"])).rejects.toMatchObject({ code: "ENOSPC" });
    await one.append(["second"]);
    const first = await oldestOf(one);
    expect(await texts(one, first)).toEqual(["first"]);
    await one.drop(first);
    expect(await texts(one, await oldestOf(one))).toEqual(["second"]);
  });
});
