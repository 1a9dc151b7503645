import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Actor } from "#lib/audit/types.ts";
import { newId } from "#lib/ids.ts";
import { makeMember } from "#lib/members/testing/make-member.ts";
import type { Piece } from "#lib/tables/send-pieces.ts";
import { composeCsv } from "./compose-csv.ts";
import { exportEntries } from "./export-entries.ts";
import { openExport } from "./open-export.ts";
import { findLastExport, findOpenExport, readLogEntries } from "./queries.ts";
import { CSV_COLUMNS, NO_FILTERS } from "./rules.ts";

const at = new Date("2098-05-01T12:00:00Z");
const clock = () => new Date("2098-05-01T12:00:05Z");
const filters = { ...NO_FILTERS, from: "2098-05-01" };

async function openList(tx: DatabaseOrTransaction) {
  const officer = await makeMember(tx, "compliance_officer");
  const { exportId } = await openExport(tx, { what: "list", filters }, officer, at);
  return { officer, exportId };
}

async function stagesOf(tx: DatabaseOrTransaction, exportId: string) {
  const rows = await tx
    .select({ details: auditEntries.details })
    .from(auditEntries)
    .where(eq(auditEntries.entityId, exportId))
    .orderBy(auditEntries.at);
  return rows.map(({ details }) => details as { stage: string });
}

async function* pieces(...texts: string[]): AsyncGenerator<Piece, void> {
  for (const text of texts) yield { text, rows: 1 };
}

const exported = (tx: DatabaseOrTransaction, id: string, actor: Actor, given: AsyncIterable<Piece>) =>
  exportEntries(tx, { id, what: "list", actor, pieces: given, clock });

test("an export is in the log before its first byte, and its digest before its last", () =>
  inRolledBackTransaction(async (tx) => {
    const { officer, exportId } = await openList(tx);
    const bytes = exported(tx, exportId, officer, pieces("one\n", "two\n", "three\n"));
    const sent: Uint8Array[] = [];
    const stages: string[][] = [];
    for await (const piece of bytes) {
      sent.push(piece);
      stages.push((await stagesOf(tx, exportId)).map(({ stage }) => stage));
    }
    expect(stages).toEqual([["started"], ["started"], ["started", "finished"]]);
    const file = Buffer.concat(sent);
    expect(file.toString()).toBe("one\ntwo\nthree\n");
    const sha256 = createHash("sha256").update(file).digest("hex");
    expect((await stagesOf(tx, exportId)).at(-1)).toEqual({
      stage: "finished",
      what: "list",
      entries: 3,
      bytes: 14,
      sha256,
    });
    expect(await findLastExport(tx)).toMatchObject({ entries: 3, sha256, by: "compliance_officer-01" });
  }));

test("an export whose end cannot be written to the log never becomes whole", () =>
  inRolledBackTransaction(async (tx) => {
    const { officer, exportId } = await openList(tx);
    const broken = { ...officer, role: null } as unknown as Actor;
    const sent: string[] = [];
    const read = async () => {
      const failing = exportEntries(tx, {
        id: exportId,
        what: "list",
        actor: broken,
        pieces: pieces("one\n", "two\n"),
        clock,
      });
      for await (const piece of failing) sent.push(Buffer.from(piece).toString());
    };
    await expect(tx.transaction(read)).rejects.toThrow();
    expect(sent).toEqual(["one\n"]);
    expect(await findLastExport(tx)).toBeNull();
  }));

test("an export that its reader leaves is in the log as broken off", () =>
  inRolledBackTransaction(async (tx) => {
    const { officer, exportId } = await openList(tx);
    const bytes = exported(tx, exportId, officer, pieces("one\n", "two\n", "three\n"));
    await bytes.next();
    await bytes.return();
    expect((await stagesOf(tx, exportId)).at(-1)).toEqual({ stage: "broken", what: "list", entries: 1 });
  }));

test("an export can be fetched by who asked for it, for a few minutes, once", () =>
  inRolledBackTransaction(async (tx) => {
    const { officer, exportId } = await openList(tx);
    const find = (memberId: string, since: Date) => findOpenExport(tx, { exportId, memberId, since });
    expect(await find(officer.id, at)).toEqual({ id: exportId, what: "list", filters });
    expect(await find(newId(), at)).toBeNull();
    expect(await find(officer.id, new Date(at.getTime() + 1))).toBeNull();
    for await (const _ of exported(tx, exportId, officer, pieces("one\n")));
    expect(await find(officer.id, at)).toBeNull();
  }));

test("the table holds what passes the filters, newest first, and no cell that a spreadsheet would compute", () =>
  inRolledBackTransaction(async (tx) => {
    const { officer } = await openList(tx);
    const name = '=HYPERLINK("http://evil.example","click")';
    await recordAudit(tx, {
      action: "application.enable",
      actor: officer,
      at: clock(),
      entity: { type: "application", id: newId() },
      details: { name },
    });
    const query = { scope: { kind: "all" }, filters, now: clock(), timeZone: "UTC" } as const;
    const names = { [officer.id]: "=Ana, officer" };
    let text = "";
    let rows = 0;
    for await (const piece of composeCsv(readLogEntries(tx, query), names)) {
      text += piece.text;
      rows += piece.rows;
    }
    const lines = text.split("\r\n");
    expect(rows).toBe(2);
    expect(lines[0]).toBe(CSV_COLUMNS.join(","));
    expect(lines[1]).toContain(`"'=Ana, officer"`);
    expect(lines[1]).toContain("application.enable");
    expect(lines[2]).toContain("audit.export");
    expect(lines[3]).toBe("");
  }));
