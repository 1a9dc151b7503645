import { desc, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { people } from "#db/schema/people.ts";
import { dataRequests } from "#db/schema/requests.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { newId } from "#lib/ids.ts";
import { noteErased } from "#lib/ledger/note-erased.ts";
import type { LaterEnrolment } from "#lib/ledger/types.ts";
import { ColumnsMissing, examinePeople } from "./examine-people.ts";
import { AT_ONCE, importPeople } from "./import-people.ts";
import type { ImportedPerson } from "./types.ts";

const AT = new Date("2026-03-13T12:00:00.000Z");
const administrator = () => ({ id: newId(), role: "administrator" }) as const;

function importer(actor: { id: string; role: "administrator" } = administrator()) {
  const lines: LaterEnrolment[] = [];
  const ledger = {
    refOf: (customId: string) => `ref of ${customId}`,
    appendEnrolment: async (line: LaterEnrolment) => void lines.push(line),
  };
  return { actor, ledger, loginKeyOf: () => "ab".repeat(32), lines };
}

const somebody = (customId = `import-${newId()}`, over: Partial<ImportedPerson> = {}): ImportedPerson => ({
  ...{ line: 2, customId, bioPassId: "bio-1", face: true, fingers: [2, 7], legalBasis: "lgpd_11_i_consent" },
  ...over,
});

const run = (
  tx: DatabaseOrTransaction,
  rows: readonly ImportedPerson[],
  by = importer(),
  { withErased = false, unreadable = 0 } = {},
) => importPeople(tx, { people: rows, unreadable, fileSha256: "ab".repeat(32), withErased }, by, AT);

const personOf = async (tx: DatabaseOrTransaction, customId: string) =>
  (await tx.select().from(people).where(eq(people.customId, customId)))[0];

test("who was enrolled before Gatehouse is known from now on, and confirmed by nothing yet", () =>
  inRolledBackTransaction(async (tx) => {
    const person = somebody(" Sample 1 ");
    const by = importer();
    expect(await run(tx, [person], by, { unreadable: 3 })).toEqual({
      ...{ rows: 4, imported: 1, known: 0, refused: 3 },
      leftOut: [],
    });
    expect(await personOf(tx, " Sample 1 ")).toMatchObject({
      ...{ status: "enrolled", bioPassId: "bio-1", faceEnrolled: true, fingersEnrolled: [2, 7] },
      ...{ customIdFolded: "sample1", legalBasis: "lgpd_11_i_consent", createdAt: AT },
      ...{ enrolledAt: null, confirmedAt: null },
    });
    const [entry] = await tx.select().from(auditEntries).orderBy(desc(auditEntries.id)).limit(1);
    expect(entry).toMatchObject({
      ...{ action: "person.import", actorId: by.actor.id },
      details: { rows: 4, imported: 1, known: 0, refused: 3, fileSha256: "ab".repeat(32) },
    });
  }));

test("imported twice, and twice in one file, a person is known and stays as they are", () =>
  inRolledBackTransaction(async (tx) => {
    const person = somebody();
    expect(await run(tx, [person, person])).toMatchObject({ imported: 1, known: 1 });
    const before = await personOf(tx, person.customId);
    const other = { ...person, bioPassId: "bio-2", fingers: [] };
    expect(await run(tx, [other])).toMatchObject({ imported: 0, known: 1, refused: 0 });
    expect(await personOf(tx, person.customId)).toEqual(before);
  }));

test("who is blocked, about to be erased or was erased here is left out, each with why", () =>
  inRolledBackTransaction(async (tx) => {
    const [blocked, pending, erased, good] = [somebody(), somebody(), somebody(), somebody()];
    await run(tx, [blocked]);
    await tx.update(people).set({ status: "blocked" }).where(eq(people.customId, blocked.customId));
    await tx.insert(dataRequests).values({
      ...{ id: newId(), protocol: newId(), right: "erasure", regimes: ["lgpd"], state: "executing" },
      ...{ customId: pending.customId, channel: "email", subjectRef: "r", subjectEpoch: 1, ruleVersion: "1" },
      ...{ receivedAt: AT, openedAt: AT, openedBy: newId(), dueAt: AT },
    });
    await noteErased(tx, `ref of ${erased.customId}`, AT);
    const by = importer();
    const rows = [blocked, pending, erased, good].map((row, at) => ({ ...row, line: at + 2 }));
    expect(await run(tx, rows, by)).toMatchObject({
      ...{ imported: 1, refused: 3 },
      leftOut: [
        { line: 2, trouble: "blocked" },
        { line: 3, trouble: "erasure_pending" },
        { line: 4, trouble: "erased_before" },
      ],
    });
    expect(await personOf(tx, erased.customId)).toBeUndefined();
    expect(by.lines).toEqual([]);
  }));

test("who was erased here and enrolled anew is imported when asked for, and the ledger knows it", () =>
  inRolledBackTransaction(async (tx) => {
    const [erased, good] = [somebody(), somebody()];
    const erasedAt = new Date(AT.getTime() + 1000);
    await noteErased(tx, `ref of ${erased.customId}`, erasedAt);
    const by = importer();
    expect(await run(tx, [erased, good], by, { withErased: true })).toMatchObject({ imported: 2 });
    expect(by.lines).toEqual([{ customId: erased.customId, at: new Date(erasedAt.getTime() + 1) }]);
  }));

test("without its audit entry nobody is imported", () =>
  inRolledBackTransaction(async (tx) => {
    const person = somebody();
    const by = importer({ id: newId(), role: undefined as never });
    await expect(tx.transaction((inner) => run(inner, [person], by))).rejects.toThrow();
    expect(await personOf(tx, person.customId)).toBeUndefined();
  }));

test("a file of any length is read in parts, with the line of each row that is left out", async () => {
  function* rows() {
    yield { line: 1, cells: ["custom_id", "biopassid", "modalities", "legal basis"] };
    for (let line = 2; line <= 2 * AT_ONCE + 2; line += 1)
      yield { line, cells: [`p-${line}`, "", line === 7 ? "iris" : "face", "11-I"] };
  }
  const sizes: number[] = [];
  for await (const { people: read, leftOut } of examinePeople(rows())) {
    sizes.push(read.length + leftOut.length);
    if (sizes.length === 1) expect(leftOut).toEqual([{ line: 7, trouble: "modality_unknown" }]);
  }
  expect(sizes).toEqual([AT_ONCE, AT_ONCE, 1]);
});

test("a file without the columns that matter is refused whole", async () => {
  const reading = examinePeople([{ line: 1, cells: ["name"] }]).next();
  await expect(reading).rejects.toEqual(new ColumnsMissing(["customId", "modalities", "legalBasis"]));
});
