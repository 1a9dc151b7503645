import { createHash } from "node:crypto";
import { parse } from "csv-parse/sync";
import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { historyExports } from "#db/schema/history-exports.ts";
import { members } from "#db/schema/members.ts";
import { people } from "#db/schema/people.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { newId } from "#lib/ids.ts";
import { makeMember } from "#lib/members/testing/make-member.ts";
import { recordStatement } from "#lib/recording/record-statement.ts";
import { sampleClosing, sampleLogin, sampleVerification } from "#lib/recording/testing/sample-events.ts";
import { noFacets } from "#lib/verifications/rules.ts";
import { composeFile, readFewer } from "./compose-file.ts";
import { exportHistory } from "./export-history.ts";
import { openExport } from "./open-export.ts";
import { findProgress, listLostExports, readPiece } from "./queries.ts";
import { FETCH_WITHIN_MS, LOST_AFTER_MS } from "./rules.ts";
import { settleExport } from "./settle-export.ts";
import { touchFetched, touchProgress } from "./touch-export.ts";
import { EXPORT_KINDS, type ExportKind } from "./types.ts";

// The partitions of a test run begin a month before it: the rows must lie near the real present.
const now = new Date();
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
const kinds = EXPORT_KINDS;

async function record(tx: DatabaseOrTransaction, times: readonly Date[], channel: string, personId?: string) {
  const made = times.map((at) => {
    const login = sampleLogin(at, { channel, personId: personId ?? null });
    return { login, verification: sampleVerification(login, at) };
  });
  await tx.execute(
    recordStatement({
      opened: made.map(({ login }) => login),
      verifications: made.map(({ verification }) => verification),
      closed: made.slice(0, 1).map(({ login }) => sampleClosing(login, login.openedAt)),
    }),
  );
  return made.map(({ verification }) => verification.id);
}

async function opened(
  tx: DatabaseOrTransaction,
  channel: string,
  more: { kind?: ExportKind; namesPeople?: boolean } = {},
) {
  const member = await makeMember(tx, "compliance_officer");
  const { kind = "rows", namesPeople = false } = more;
  const filters = {
    ...noFacets(),
    channel: [channel],
    from: ago(86_400),
    to: new Date(now.getTime() + 3_600_000),
  };
  const { exportId, rowsExpected } = await openExport(
    tx,
    { kind, namesPeople, filters, reason: "A question of the bank" },
    member,
    now,
  );
  return { member, exportId, rowsExpected, ask: { exportId, memberId: member.id, kinds } };
}

async function fetched(tx: DatabaseOrTransaction, ask: Parameters<typeof touchFetched>[1]) {
  const taken = await touchFetched(tx, ask, now);
  if (taken === null) throw new Error("there is nothing to fetch");
  return taken;
}

async function fileOf(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of bytes) parts.push(part);
  return Buffer.concat(parts);
}

const tableOf = (file: Buffer): Record<string, string>[] => parse(file, { bom: true, columns: true });

/** Begun and ended may bear the same millisecond: what began it comes first. */
const told = async (tx: DatabaseOrTransaction, exportId: string) => {
  const entries = await tx
    .select({ details: auditEntries.details })
    .from(auditEntries)
    .where(eq(auditEntries.entityId, exportId))
    .orderBy(sql`${auditEntries.details} ->> 'stage' <> 'started'`);
  return entries.map(({ details }) => details as Record<string, unknown>);
};

test("the batches hold every row exactly once, at equal times too, and none that is made or recorded meanwhile", () =>
  inRolledBackTransaction(async (tx) => {
    const channel = `x-${newId().slice(-12)}`;
    const ids = await record(
      tx,
      Array.from({ length: 30 }, (_, place) => ago(60 + Math.floor(place / 10))),
      channel,
    );
    const { ask } = await opened(tx, channel);
    const taken = await fetched(tx, ask);
    const texts: string[] = [];
    for await (const { text } of composeFile(tx, taken, 4)) {
      texts.push(text);
      // Made since it was asked for, and made before, but newer than what is written already.
      await record(tx, [new Date(now.getTime() + texts.length), ago(30)], channel);
    }
    const table = tableOf(Buffer.from(texts.join("")));
    expect(table.map(({ id }) => id).sort()).toEqual([...ids].sort());
    expect(table.map(({ at }) => at)).toEqual(
      table
        .map(({ at }) => at)
        .sort()
        .reverse(),
    );
    expect(texts.length).toBeGreaterThan(8);
  }));

test("a reading that takes too long is given up for shorter ones, until one is in time", async () => {
  const asked: number[] = [];
  const slow = (limit: number) => {
    asked.push(limit);
    return Promise.resolve(limit > 700 ? null : "the rows");
  };
  expect(await readFewer(10_000, slow)).toEqual([625, "the rows"]);
  expect(asked).toEqual([10_000, 2_500, 625]);
});

test("what is asked for is in the log before the first byte, the digest before the last, and the row says the same", () =>
  inRolledBackTransaction(async (tx) => {
    const channel = `x-${newId().slice(-12)}`;
    await record(tx, [ago(60), ago(61)], channel);
    const { member, exportId, rowsExpected, ask } = await opened(tx, channel);
    expect(rowsExpected).toBe(2);
    expect(await told(tx, exportId)).toEqual([
      {
        stage: "started",
        what: "rows",
        filters: expect.objectContaining({ channel: [channel], to: now.toISOString() }),
        customIds: false,
        columns: 27,
        linesExpected: 2,
        reason: "A question of the bank",
      },
    ]);
    const file = await fileOf(exportHistory(tx, await fetched(tx, ask), member, () => now));
    const sha256 = createHash("sha256").update(file).digest("hex");
    const bytes = file.byteLength;
    expect((await told(tx, exportId))[1]).toEqual({
      stage: "finished",
      what: "rows",
      lines: 2,
      bytes,
      sha256,
    });
    expect(await findProgress(tx, ask)).toEqual({
      state: "finished",
      rows: 2,
      rowsExpected: 2,
      bytes,
      sha256,
    });
    expect(file.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  }));

test("it is fetched once, by whoever asked, within minutes, and by nobody who reads figures only", () =>
  inRolledBackTransaction(async (tx) => {
    const { ask } = await opened(tx, "nowhere");
    expect(await touchFetched(tx, { ...ask, memberId: newId() }, now)).toBeNull();
    expect(await touchFetched(tx, { ...ask, kinds: ["counts"] }, now)).toBeNull();
    expect(await touchFetched(tx, ask, new Date(now.getTime() + FETCH_WITHIN_MS))).toBeNull();
    expect(await findProgress(tx, { ...ask, memberId: newId() })).toBeNull();
    expect(await touchFetched(tx, ask, now)).not.toBeNull();
    expect(await touchFetched(tx, ask, now)).toBeNull();
  }));

test("a CustomID that a spreadsheet would compute is text, names stand in it only where asked for, and who was erased has none", () =>
  inRolledBackTransaction(async (tx) => {
    const channel = `x-${newId().slice(-12)}`;
    const personId = newId();
    const customId = `=cmd|' /C calc'!"${personId}"`;
    const who = {
      customId,
      customIdFolded: customId,
      status: "enrolled",
      legalBasis: "lgpd_11_i_consent",
    } as const;
    await tx.insert(people).values({ id: personId, ...who, bucket: 0, createdAt: now });
    await record(tx, [ago(60)], channel, personId);
    await record(tx, [ago(61)], channel, newId());
    const named = await opened(tx, channel, { namesPeople: true });
    const file = await fileOf(exportHistory(tx, await fetched(tx, named.ask), named.member, () => now));
    expect(tableOf(file)).toMatchObject([
      {
        custom_id: `'${customId}`,
        person_id: personId,
        login_outcome: "completed_biometric",
        at: ago(60).toISOString(),
      },
      { custom_id: "" },
    ]);
    const unnamed = await opened(tx, channel);
    const without = await fileOf(
      exportHistory(tx, await fetched(tx, unnamed.ask), unnamed.member, () => now),
    );
    expect(without.toString()).not.toContain(customId);
    expect(Object.keys(tableOf(without)[0] ?? {})).not.toContain("custom_id");
  }));

test("counts are the rollups' own, and name nobody", () =>
  inRolledBackTransaction(async (tx) => {
    const channel = `x-${newId().slice(-12)}`;
    const ids = await record(tx, [ago(60), ago(61), ago(80_000)], channel);
    const { ask, member, rowsExpected } = await opened(tx, channel, { kind: "counts" });
    const file = await fileOf(exportHistory(tx, await fetched(tx, ask), member, () => now));
    const table = tableOf(file);
    expect(table.reduce((sum, { verifications }) => sum + Number(verifications), 0)).toBe(3);
    expect(rowsExpected).toBe(table.length);
    expect(table.every(({ from = "", to = "" }) => from < to)).toBe(true);
    for (const id of ids) expect(file.toString()).not.toContain(id);
  }));

test("one that is cancelled, or whose member is disabled, is not wanted any more and never becomes whole", () =>
  inRolledBackTransaction(async (tx) => {
    const { ask, member, exportId } = await opened(tx, "nowhere");
    const bytes = exportHistory(tx, await fetched(tx, ask), member, () => now);
    const progress = { exportId, rows: 0, bytes: 0 };
    expect(await touchProgress(tx, progress, now)).toBe(true);
    await tx.update(members).set({ disabledAt: now }).where(eq(members.id, member.id));
    expect(await touchProgress(tx, progress, now)).toBe(false);
    const cancel = { exportId, ended: { stage: "cancelled" } } as const;
    expect(await settleExport(tx, { ...cancel, memberId: newId() }, member, now)).toBe(false);
    expect(await settleExport(tx, { ...cancel, memberId: member.id }, member, now)).toBe(true);
    await expect(fileOf(bytes)).rejects.toThrow("ended before it was whole");
    expect((await told(tx, exportId)).map(({ stage }) => stage)).toEqual(["started", "cancelled"]);
  }));

test("one whose reader leaves is written down as broken off", () =>
  inRolledBackTransaction(async (tx) => {
    const channel = `x-${newId().slice(-12)}`;
    await record(tx, [ago(60)], channel);
    const { ask, member, exportId } = await opened(tx, channel);
    const bytes = exportHistory(tx, await fetched(tx, ask), member, () => now);
    await bytes.next();
    await bytes.return();
    expect(await findProgress(tx, ask)).toMatchObject({ state: "broken", sha256: null });
    expect((await told(tx, exportId)).at(-1)).toEqual({ stage: "broken", what: "rows", lines: 0 });
  }));

test("what nobody fetched, and what ended with its console, is found to be written down", () =>
  inRolledBackTransaction(async (tx) => {
    const [asked, lost, going] = [await opened(tx, "a"), await opened(tx, "b"), await opened(tx, "c")];
    for (const { ask } of [lost, going]) await fetched(tx, ask);
    const later = new Date(now.getTime() + LOST_AFTER_MS + 1000);
    await tx.update(historyExports).set({ seenAt: later }).where(eq(historyExports.id, going.exportId));
    const found = (await listLostExports(tx, later)).map(({ id }) => id);
    expect(found).toEqual(expect.arrayContaining([asked.exportId, lost.exportId]));
    expect(found).not.toContain(going.exportId);
  }));

test("a batch is one ordered walk of the time index, with nobody read but who stands in it", () =>
  inRolledBackTransaction(async (tx) => {
    const explained: string[] = [];
    const watched = new Proxy(tx, {
      get: (target, name) =>
        name === "execute"
          ? async (query: Parameters<typeof tx.execute>[0]) => {
              const { sql } = await import("drizzle-orm");
              await target.execute(sql`set local enable_sort = off`);
              const lines = await target.execute(sql`explain ${query}`);
              explained.push(...lines.map((line) => String(Object.values(line)[0])));
              return [];
            }
          : Reflect.get(target, name),
    });
    const filters = { ...noFacets(), from: ago(86_400), to: now };
    await readPiece(
      watched,
      { filters, namesPeople: true },
      { after: { at: now.toISOString(), id: newId() }, limit: 2500 },
    );
    const plan = explained.join("\n");
    expect(plan).toMatch(/Index Scan using verifications_\w+_at_id_idx/);
    expect(plan).toContain("Merge Append");
    expect(plan).toMatch(/Index Scan using people_pkey/);
    expect(plan).not.toMatch(/Seq Scan on people|Sort {2}\(|Hash Join/);
  }));
