import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isLogOwner } from "#lib/audit/queries.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import { sealEntries } from "#lib/audit/seal-entries.ts";
import { shredSubject } from "#lib/audit/shred-subject.ts";
import { AUDIT_KEY } from "#lib/audit/testing/audit-key.ts";
import { newId } from "#lib/ids.ts";
import { type DatabaseClient, openDatabase } from "./client.ts";
import { grantApplication, roleOf } from "./grant-application.ts";
import { type FreshDatabase, freshDatabase } from "./testing/fresh-database.ts";

let owner: FreshDatabase;
let parts: DatabaseClient;
beforeAll(async () => {
  owner = await freshDatabase();
  parts = openDatabase(owner.partsUrl, { connections: 2, applicationName: "gatehouse-test" });
  await act();
  await sealEntries(parts.db, new Date());
});
afterAll(async () => {
  await parts.close();
  await owner.drop();
});

const actor = { id: newId(), role: "administrator" } as const;
const subject = { customId: "sample-1", key: AUDIT_KEY };
const act = () =>
  recordAudit(parts.db, {
    action: "person.verify",
    actor,
    at: new Date(),
    entity: { type: "person", id: newId() },
    subject,
    details: {},
    sealed: { verificationId: newId(), outcome: "matched", reason: "matched" },
  });
/** The tables of the log, each with one of its columns. */
const COLUMN: Record<string, string> = {
  entries: "details",
  epochs: "wrapped_key",
  sealed_details: "ciphertext",
  leaves: "leaf",
  nodes: "hash",
  checkpoints: "note",
  checkpoint_copies: "kept_at",
};
const LOG = Object.keys(COLUMN);

test("the parts write, seal and shred with rights that do not let them change what was written", async () => {
  await act();
  expect(await sealEntries(parts.db, new Date())).toMatchObject({ sealed: 1 });
  expect(await shredSubject(parts.db, { personId: null, subject }, actor, new Date())).toEqual({ keys: 1 });
  expect(await isLogOwner(parts.db)).toBe(false);
  expect(await isLogOwner(owner.db)).toBe(true);
});

describe.each(LOG)("the parts' role, on audit_%s", (name) => {
  const table = `audit_${name}`;
  test.each([
    ["update", `update ${table} set ${COLUMN[name]} = ${COLUMN[name]}`],
    ["delete", `delete from ${table}`],
    ["truncate", `truncate ${table} cascade`],
    ["drop", `drop table ${table}`],
    ["disable the triggers of", `alter table ${table} disable trigger user`],
    ["rename", `alter table ${table} rename to gone`],
    ["take the triggers from", `drop trigger ${table}_no_change on ${table}`],
    [
      "put a trigger on",
      `create trigger mine before insert on ${table} for each row execute function refuse_audit_change()`,
    ],
  ])("may not %s it", async (_, statement) => {
    await expect(parts.sql.unsafe(statement)).rejects.toMatchObject({ code: "42501" });
  });
});

test.each([
  ["switch triggers off for itself", "set session_replication_role = replica"],
  [
    "replace what refuses changes",
    "create or replace function refuse_audit_change() returns trigger language sql as ''",
  ],
  ["make a table", "create table mine (id integer)"],
  ["become the owner", "set role gatehouse_template"],
])("the parts' role may not %s", async (_, statement) => {
  await expect(parts.sql.unsafe(statement)).rejects.toMatchObject({ code: "42501" });
});

test("even the owner is refused by the triggers, until it takes them away", async () => {
  for (const table of ["audit_entries", "audit_leaves"]) {
    await expect(owner.sql.unsafe(`delete from ${table}`)).rejects.toThrow(/append-only/);
    await expect(owner.sql.unsafe(`truncate ${table} cascade`)).rejects.toThrow(/append-only/);
  }
});

test("only the owner, which after-restore works as, closes a request in the middle of its execution", async () => {
  const id = newId();
  await owner.sql`
    insert into data_requests (id, protocol, "right", regimes, state, custom_id, subject_ref, subject_epoch, channel,
      received_at, opened_at, opened_by, rule_version, due_at)
    values (${id}, 'REQ-2026-9001', 'erasure', '{lgpd}', 'executing', 'sample-2', 'ref', 1, 'email', now(), now(), ${id}, '1', now())`;
  const close = ({ sql }: Pick<DatabaseClient, "sql">) =>
    sql`update data_requests set state = 'withdrawn', closed_at = now(), custom_id = null where id = ${id}`;
  await expect(close(parts)).rejects.toThrow("does not go from executing to withdrawn");
  expect((await close(owner)).count).toBe(1);
});

test("partitions of events are made and dropped for the parts, by nothing else they could do", async () => {
  const [made] = await parts.sql`select make_event_partitions('2031-05-01', '2031-05-01') as count`;
  expect(made?.count).toBe(3);
  await parts.sql`select * from logins where opened_at > '2031-05-01'`;
  const [dropped] = await parts.sql`select drop_event_partitions('2031-05-01') as count`;
  expect(dropped?.count).toBe(3);
  await expect(parts.sql.unsafe("drop table logins")).rejects.toMatchObject({ code: "42501" });
});

test("who is not the parts' role may not make or drop partitions", async () => {
  const [row] = await owner.sql`
    select has_function_privilege('public', 'drop_event_partitions(date)', 'execute') as may`;
  expect(row?.may).toBe(false);
});

test("the parts lay rows aside in tables of their own transaction, where nobody else may", async () => {
  const [database] = await owner.sql`select current_database() as name`;
  await owner.sql`revoke temporary on database ${owner.sql(database?.name)} from public`;
  await grantApplication(owner.url, roleOf(owner.partsUrl));
  await parts.sql.begin((tx) => tx`create temp table audit_entries (id integer) on commit drop`);
  await act();
});

test("granting again changes nothing, and takes back what somebody gave", async () => {
  const role = roleOf(owner.partsUrl);
  await owner.sql.unsafe(`grant update, delete on audit_entries to ${role}`);
  await grantApplication(owner.url, role);
  await expect(parts.sql`update audit_entries set actor_role = 'x'`).rejects.toMatchObject({ code: "42501" });
  await act();
});
