import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { type FreshDatabase, freshDatabase } from "#db/testing/fresh-database.ts";
import { newId } from "#lib/ids.ts";
import { checkpointSigner, findNotes, signedCheckpoint } from "#lib/transparency/checkpoint.ts";
import { EMPTY_ROOT } from "#lib/transparency/merkle.ts";
import { getTreeSize } from "./prove-entries.ts";
import { recordAudit } from "./record-audit.ts";
import type { FindingCode } from "./schema.ts";
import { AUDIT_KEY } from "./testing/audit-key.ts";
import { hashAnew, openLogWorld } from "./testing/log-world.ts";
import { writeEntries } from "./testing/write-entries.ts";
import { verifyLog } from "./verify-log.ts";

const start = new Date("2026-03-13T12:00:00Z");
const hoursLater = (hours: number) => new Date(start.getTime() + hours * 3_600_000);

let fresh: FreshDatabase;
const world = openLogWorld();
/** The first as soon as there is anything to sign, after the first five hundred. */
const CHECKPOINTS = [500, 1_000, 1_010, 1_410, 1_811];

async function verifyPeople(people: number, at: Date) {
  for (let i = 0; i < people; i++) {
    await recordAudit(fresh.db, {
      action: "person.verify",
      actor: { id: newId(), role: "administrator" },
      at: new Date(at.getTime() + 1000 * i),
      entity: { type: "person", id: newId() },
      subject: { customId: `sample-${i}`, key: AUDIT_KEY },
      details: {},
      sealed: { verificationId: newId(), outcome: "matched", reason: "matched" },
    });
  }
}

beforeAll(async () => {
  fresh = await freshDatabase();
  await writeEntries(fresh.db, 1_000, start);
  await world.keep(fresh.db);
  await verifyPeople(10, hoursLater(10));
  await world.keep(fresh.db);
  await writeEntries(fresh.db, 400, hoursLater(20));
  await world.keep(fresh.db);
  await writeEntries(fresh.db, 401, hoursLater(30));
  await world.keep(fresh.db);
});
afterAll(async () => {
  world.close();
  await fresh.drop();
});

class Undo extends Error {}

/** Does to the log what its owner could, looks at what came of it, and takes it back. */
async function after(
  tamper: (tx: DatabaseOrTransaction) => Promise<unknown>,
  look: (tx: DatabaseOrTransaction) => Promise<void>,
) {
  const doing = fresh.db.transaction(async (tx) => {
    for (const table of "entries leaves nodes checkpoints checkpoint_copies sealed_details".split(" "))
      await tx.execute(sql.raw(`alter table audit_${table} disable trigger user`));
    await tamper(tx);
    await look(tx);
    throw new Undo();
  });
  await expect(doing).rejects.toThrow(Undo);
}

const entryAt = (place: number) =>
  sql`(select entry_id from audit_leaves where sequence = ${place}::integer)`;
const dropCheckpoints = async (tx: DatabaseOrTransaction, from: number) => {
  await tx.execute(sql`delete from audit_checkpoint_copies where tree_size >= ${from}::integer`);
  await tx.execute(sql`delete from audit_checkpoints where tree_size >= ${from}::integer`);
};
const cutOff = (tx: DatabaseOrTransaction, from: number) =>
  tx.execute(sql`delete from audit_leaves where sequence >= ${from}::integer`);
const edit = (tx: DatabaseOrTransaction, place: number) =>
  tx.execute(sql`update audit_entries set details = '{"results": 0}' where id = ${entryAt(place)}`);
async function putInBetween(tx: DatabaseOrTransaction, place: number) {
  await tx.execute(sql`update audit_leaves set sequence = -sequence - 2 where sequence >= ${place}::integer`);
  await tx.execute(sql`update audit_leaves set sequence = -sequence - 1 where sequence < 0`);
  await tx.execute(sql`insert into audit_entries (id, at, actor_role, action, entity_type, outcome, details)
    values ('018f0000-0000-7000-8000-00000000beef', now(), 'administrator', 'person.view', 'person', 'done', '{}')`);
  await tx.execute(sql`delete from audit_unsealed`);
  await tx.execute(sql`insert into audit_leaves (sequence, entry_id, leaf, sealed_at)
    values (${place}::integer, '018f0000-0000-7000-8000-00000000beef', '\\x00', now())`);
}
const forged = () =>
  signedCheckpoint(checkpointSigner("cd".repeat(32)), { size: 1_410, root: EMPTY_ROOT }).replaceAll(
    checkpointSigner("cd".repeat(32)).name,
    world.signer.name,
  );

type Case = {
  name: string;
  tamper(tx: DatabaseOrTransaction): Promise<unknown>;
  /** What an export alone shows, and at which place; null where it shows nothing. */
  alone: [FindingCode, string] | null;
  /** What a copy of the checkpoints kept elsewhere shows beside; the same where it adds nothing. */
  beside?: [FindingCode, string];
};

const CASES: Case[] = [
  { name: "an entry edited", tamper: (tx) => edit(tx, 700), alone: ["entry_altered", "entry 700 "] },
  {
    name: "an entry deleted with its place",
    tamper: async (tx) => {
      await tx.execute(sql`delete from audit_leaves where sequence = 700`);
    },
    alone: ["sequence_gap", "entry 700 "],
  },
  {
    name: "an entry deleted, its place left",
    tamper: async (tx) => {
      await tx.execute(
        sql`alter table audit_leaves drop constraint audit_leaves_entry_id_audit_entries_id_fk`,
      );
      await tx.execute(sql`delete from audit_entries where id = ${entryAt(700)}`);
    },
    alone: ["entry_missing", "entry 700 "],
  },
  {
    name: "an entry inserted",
    tamper: (tx) => putInBetween(tx, 700),
    alone: ["entry_altered", "entry 700 "],
  },
  {
    name: "an entry put beside the log",
    tamper: async (tx) => {
      await tx.execute(sql`insert into audit_entries (id, at, actor_role, action, entity_type, outcome, details)
        values ('018f0000-0000-7000-8000-00000000beef', now(), 'administrator', 'person.view', 'person', 'done', '{}')`);
      await tx.execute(sql`delete from audit_unsealed`);
    },
    alone: ["entry_without_place", "018f0000-0000-7000-8000-00000000beef"],
  },
  {
    name: "two entries swapped",
    tamper: async (tx) => {
      await tx.execute(sql`drop index audit_leaves_entry_key`);
      await tx.execute(sql`update audit_leaves l set entry_id = o.entry_id from audit_leaves o
        where (l.sequence = 700 and o.sequence = 705) or (l.sequence = 705 and o.sequence = 700)`);
    },
    alone: ["entry_altered", "entry 700 "],
  },
  {
    name: "the tail cut off",
    tamper: (tx) => cutOff(tx, 1_500),
    alone: ["checkpoint_beyond_log", "1,811 entries"],
  },
  {
    name: "the tail cut off with the checkpoints over it",
    tamper: async (tx) => {
      await cutOff(tx, 1_410);
      await dropCheckpoints(tx, 1_411);
      await tx.execute(sql`delete from audit_entries e where not exists
        (select from audit_leaves where entry_id = e.id)`);
    },
    alone: null,
    beside: ["checkpoint_beyond_log", "1,811 entries"],
  },
  {
    name: "everything hashed anew after an edit",
    tamper: async (tx) => {
      await edit(tx, 700);
      await hashAnew(tx, 700);
    },
    alone: ["checkpoint_not_of_this_log", "from entry 500 "],
  },
  {
    name: "hashed anew after an edit, without the checkpoints after it",
    tamper: async (tx) => {
      await edit(tx, 1_500);
      await hashAnew(tx, 1_500);
      await dropCheckpoints(tx, 1_500);
    },
    alone: null,
    beside: ["checkpoint_not_of_this_log", "from entry 1,410 "],
  },
  {
    name: "hashed anew after an edit, without any checkpoint",
    tamper: async (tx) => {
      await edit(tx, 700);
      await hashAnew(tx, 700);
      await dropCheckpoints(tx, 0);
    },
    alone: ["entries_unsigned", "from entry 0 "],
    beside: ["checkpoint_not_of_this_log", "from entry 500 "],
  },
  {
    name: "a checkpoint removed",
    tamper: async (tx) => {
      await tx.execute(sql`delete from audit_checkpoint_copies where tree_size = 1010`);
      await tx.execute(sql`delete from audit_checkpoints where tree_size = 1010`);
    },
    alone: null,
    beside: ["checkpoint_missing", "over 1,010 entries"],
  },
  {
    name: "a checkpoint forged",
    tamper: (tx) => tx.execute(sql`update audit_checkpoints set note = ${forged()} where tree_size = 1410`),
    alone: ["checkpoint_not_ours", "over 1,410 entries"],
  },
  {
    name: "a detail edited",
    tamper: (tx) =>
      tx.execute(
        sql`update audit_sealed_details set ciphertext = ciphertext || '\\x00' where entry_id = ${entryAt(1_004)}`,
      ),
    alone: ["detail_altered", "entry 1,004 "],
  },
  {
    name: "a detail deleted",
    tamper: (tx) => tx.execute(sql`delete from audit_sealed_details where entry_id = ${entryAt(1_004)}`),
    alone: ["detail_missing", "entry 1,004 "],
  },
];

const engineFindings = async (tx: DatabaseOrTransaction, keptNotes: string[]) =>
  verifyLog(tx, {
    treeSize: await getTreeSize(tx),
    verifierKey: world.signer.verifierKey,
    keptNotes,
    onProgress: async () => undefined,
    signal: new AbortController().signal,
  });

test("a log nobody touched verifies whole, alone and beside what is kept elsewhere, also after a person was shredded", async () => {
  await after(
    (tx) => tx.execute(sql`delete from audit_subject_keys`),
    async (tx) => {
      const path = await world.export(tx);
      const alone = await world.verify(path);
      expect(alone).toMatchObject({
        exitCode: 0,
        text: expect.stringContaining("1,811 of 1,811 entries verified."),
      });
      expect(alone.text).toMatch(/Without a checkpoint kept elsewhere .* nobody can tell/);
      const beside = await world.verify(path, "--checkpoint", world.keptFile);
      expect(beside.exitCode).toBe(0);
      expect(beside.text).toContain("the first 1,811 entries");
      expect(await engineFindings(tx, findNotes(world.keptText()))).toEqual([]);
    },
  );
  expect(findNotes(world.keptText())).toHaveLength(CHECKPOINTS.length);
});

test.each(CASES)(
  "$name is caught, or it is said what would catch it",
  async ({ name, tamper, alone, beside }) => {
    await after(tamper, async (tx) => {
      const path = await world.export(tx);
      const [without, compared] = [
        await world.verify(path),
        await world.verify(path, "--checkpoint", world.keptFile),
      ];
      const [summary = "", , first = ""] = without.text.split("\n");
      if (alone === null) {
        expect(without.exitCode).toBe(0);
        expect(without.text).toMatch(
          /nobody can tell whether the end was cut off .* or whether a checkpoint was removed/,
        );
      } else {
        expect(without.exitCode).toBe(1);
        expect(first).toContain(`(${alone[0]})`);
        expect(first).toContain(alone[1]);
      }
      const shown = beside ?? alone;
      expect(compared.exitCode).toBe(1);
      const line = compared.text.split("\n").find((text) => text.includes(`(${shown?.[0]})`));
      expect(line).toContain(shown?.[1]);
      const findings = await engineFindings(tx, findNotes(world.keptText()));
      if (shown !== null) expect(findings?.map(({ code }) => code)).toContain(shown?.[0]);
      const told =
        alone === null ? `${summary} ${without.text.split("\n")[2]?.slice(0, 40)}…` : `${summary} ${first}`;
      process.stdout.write(`  ${name}: ${told} | beside checkpoints kept elsewhere: ${line}\n`);
    });
  },
);

test("an export that was cut off is told from a log that was", async () => {
  await after(
    async () => undefined,
    async (tx) => {
      const path = await world.export(tx);
      const { readFileSync, writeFileSync } = await import("node:fs");
      writeFileSync(path, readFileSync(path, "utf8").split("\n").slice(0, -100).join("\n"));
      const verdict = await world.verify(path);
      expect(verdict).toMatchObject({ exitCode: 1, text: expect.stringContaining("export_cut_off") });
    },
  );
});

test("an export that is not there, or damaged within a line, is answered with what to do", async () => {
  expect(await world.verify("nowhere.jsonl")).toMatchObject({
    exitCode: 2,
    text: expect.stringContaining("nowhere.jsonl cannot be read"),
  });
  expect(await world.verify(world.keptFile)).toMatchObject({
    exitCode: 2,
    text: expect.stringContaining("Line 1 of the export is damaged"),
  });
});

test.each([
  ["no arguments", [], "npm run verify-audit"],
  ["a key that is none", ["x", "--public-key", "package.json"], "holds no whole key"],
  ["a key that is not there", ["x", "--public-key", "nowhere.txt"], "nowhere.txt cannot be read"],
])("%s is answered with what to do", async (_, args, text) => {
  const { execFile } = await import("node:child_process");
  const out = await new Promise<string>((resolve) => {
    execFile(process.execPath, ["scripts/verify-audit.mjs", ...args], (_error, stdout) => resolve(stdout));
  });
  expect(out).toContain(text);
});
