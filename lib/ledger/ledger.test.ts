import { appendFile, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { erasedSubjects } from "#db/schema/holds.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { newId } from "#lib/ids.ts";
import { openSegment } from "#lib/recording/segment-file.ts";
import { noteErased } from "./note-erased.ts";
import { openLedger } from "./open-ledger.ts";
import { readLedger } from "./queries.ts";
import { enrolledAfter, ledgerRefOf } from "./rules.ts";
import type { LedgerFact, LedgerTrouble } from "./types.ts";

const secret = "12".repeat(32);
const customId = "sample 529.982.247-25";
const at = new Date("2026-03-13T12:00:00.123Z");
const erasure = { customId, requestId: newId(), protocol: "REQ-2026-0147", at };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "gatehouse-ledger-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function readAll(withSecret = secret) {
  const facts: LedgerFact[] = [];
  const troubles: Omit<LedgerTrouble, "file">[] = [];
  const note = ({ kind, line }: LedgerTrouble) => troubles.push({ kind, line });
  for await (const fact of readLedger(folder, withSecret, note)) facts.push(fact);
  return { facts, troubles };
}

async function write(count: number): Promise<string> {
  const ledger = openLedger({ folder, secret });
  for (let n = 0; n < count; n += 1) await ledger.appendErasure({ ...erasure, protocol: `REQ-2026-${n}` });
  await ledger.close();
  const [name = ""] = await readdir(folder);
  return join(folder, name);
}

const protocolsIn = (facts: readonly LedgerFact[]) =>
  facts.map((fact) => fact.kind === "erasure" && fact.protocol);

test("what was appended is read back, from the files of every process and machine", async () => {
  const [one, two] = [openLedger({ folder, secret }), openLedger({ folder, secret })];
  await one.appendErasure(erasure);
  await two.appendEnrolment({ customId, at: new Date(at.getTime() + 1) });
  await Promise.all([one.close(), two.close()]);
  const [name = ""] = await readdir(folder);
  await mkdir(join(folder, "machine-2"));
  await rename(join(folder, name), join(folder, "machine-2", name));
  const ref = ledgerRefOf(secret, customId);
  const { facts, troubles } = await readAll();
  expect(facts).toHaveLength(2);
  expect(facts).toContainEqual({
    kind: "erasure",
    ref,
    at,
    requestId: erasure.requestId,
    protocol: "REQ-2026-0147",
  });
  expect(facts).toContainEqual({ kind: "enrolment", ref, at: new Date(at.getTime() + 1) });
  expect(troubles).toEqual([]);
});

test("nothing in it is personal: the CustomID is there in no form", async () => {
  const text = await readFile(await write(1), "utf8");
  for (const form of [
    "529.982",
    "52998224725",
    Buffer.from(customId).toString("hex"),
    Buffer.from(customId).toString("base64"),
  ]) {
    expect(text).not.toContain(form);
  }
});

test("many appends at once are all kept, each once", async () => {
  const ledger = openLedger({ folder, secret });
  const numbers = Array.from({ length: 200 }, (_, n) => String(n));
  await Promise.all(numbers.map((protocol) => ledger.appendErasure({ ...erasure, protocol })));
  const { facts, troubles } = await readAll();
  expect(protocolsIn(facts)).toEqual(numbers);
  expect(troubles).toEqual([]);
  await ledger.close();
});

test("an append that the disk refuses is refused, and the next one goes to another file", async () => {
  let isFull = true;
  const ledger = openLedger({
    folder,
    secret,
    open: async (path) => {
      const file = await openSegment(path);
      if (isFull) file.datasync = () => Promise.reject(new Error("ENOSPC"));
      return file;
    },
  });
  await expect(ledger.appendErasure(erasure)).rejects.toThrow("ENOSPC");
  isFull = false;
  await ledger.appendErasure(erasure);
  await ledger.close();
  expect(await readAll()).toMatchObject({ facts: [{ protocol: erasure.protocol }], troubles: [] });
});

test("a torn end was never acknowledged: it is told and left out", async () => {
  const path = await write(2);
  await appendFile(path, '{"log":"ab","n":3,"kind":"erasure","ref":"12');
  const { facts, troubles } = await readAll();
  expect(facts).toHaveLength(2);
  expect(troubles).toEqual([{ kind: "torn", line: 3 }]);
});

test.each([
  [
    "altered",
    (lines: string[]) => [lines[0], lines[1]?.replace("REQ-2026-1", "REQ-2026-9"), lines[2]],
    "unreadable",
    2,
  ],
  ["replaced by anything", (lines: string[]) => [lines[0], "not a line", lines[2]], "unreadable", 2],
  ["taken away", (lines: string[]) => [lines[0], lines[2]], "missing", 2],
  ["taken away from the start", (lines: string[]) => [lines[1], lines[2]], "missing", 1],
])("a line that was %s is noticed, and costs no other line", async (_, damage, kind, line) => {
  const path = await write(3);
  const lines = (await readFile(path, "utf8")).trimEnd().split("\n");
  const left = damage(lines);
  await writeFile(path, `${left.join("\n")}\n`);
  const { facts, troubles } = await readAll();
  expect(troubles).toEqual([{ kind, line }]);
  expect(protocolsIn(facts)).toEqual(
    lines.flatMap((text, n) => (left.includes(text) ? [`REQ-2026-${n}`] : [])),
  );
});

test("with another secret no line is believed", async () => {
  await write(2);
  const { facts, troubles } = await readAll("34".repeat(32));
  expect(facts).toEqual([]);
  expect(troubles.map(({ kind }) => kind)).toEqual(["unreadable", "unreadable"]);
});

test("a ledger that was never begun is empty", async () => {
  await rm(folder, { recursive: true });
  expect(await readAll()).toEqual({ facts: [], troubles: [] });
});

test("an enrolment is later than the erasure before it, whatever the clocks say", () => {
  expect(enrolledAfter(at, new Date(at.getTime() - 5_000))).toEqual(new Date(at.getTime() + 1));
  expect(enrolledAfter(at, new Date(at.getTime() + 5_000))).toEqual(new Date(at.getTime() + 5_000));
});

test("of two erasures the database keeps the later one", () =>
  inRolledBackTransaction(async (tx) => {
    const ref = ledgerRefOf(secret, customId);
    const later = new Date(at.getTime() + 60_000);
    for (const one of [at, later, at]) await noteErased(tx, ref, one);
    const rows = await tx.select().from(erasedSubjects).where(eq(erasedSubjects.ledgerRef, ref));
    expect(rows).toEqual([{ ledgerRef: ref, erasedAt: later }]);
  }));
