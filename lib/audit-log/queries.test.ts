import { expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import { rotateEpoch } from "#lib/audit/rotate-epoch.ts";
import { auditScopeOf } from "#lib/audit/rules.ts";
import { AUDIT_KEY } from "#lib/audit/testing/audit-key.ts";
import type { Actor, AuditScope } from "#lib/audit/types.ts";
import { newId } from "#lib/ids.ts";
import { makeMember } from "#lib/members/testing/make-member.ts";
import { countLogEntries, findLogEntry, listLogEntries, listLooks } from "./queries.ts";
import { recordLogSearch } from "./record-log-search.ts";
import { NO_FILTERS } from "./rules.ts";
import type { LogFilters, LogPlace, LogRow } from "./types.ts";

// Far ahead, so that nothing else in the test run's database is newer.
const at = (minute: number) => new Date(Date.UTC(2098, 2, 13, 12, minute));
const now = at(600);
const timeZone = "America/Sao_Paulo";
const SYSTEM = { id: null, role: "system" } as const;
const everything = { kind: "all" } as const;
const start: LogPlace = { order: "newest", cursor: null, unfold: "all" };
const subject = { customId: "u-48213-bruma", key: AUDIT_KEY };

let officer: Extract<Actor, { id: string }>;
let administrator: Extract<Actor, { id: string }>;
let productManager: Extract<Actor, { id: string }>;
const personId = newId();

async function makeMembers(tx: DatabaseOrTransaction) {
  officer = await makeMember(tx, "compliance_officer");
  administrator = await makeMember(tx, "administrator");
  productManager = await makeMember(tx, "product_manager");
}

const view = (tx: DatabaseOrTransaction, actor: Actor, minute: number) =>
  recordAudit(tx, {
    action: "person.view",
    actor,
    at: at(minute),
    entity: { type: "person", id: personId },
    subject,
    details: {},
  });
const enable = (tx: DatabaseOrTransaction, actor: Actor, minute: number) =>
  recordAudit(tx, {
    action: "application.enable",
    actor,
    at: at(minute),
    entity: { type: "application", id: newId() },
    details: { name: `App ${minute}` },
  });
const refuse = (tx: DatabaseOrTransaction, actor: Actor, minute: number) =>
  recordAudit(tx, {
    action: "action.refuse",
    actor,
    at: at(minute),
    entity: { type: "action", id: null },
    details: { action: "audit.export", permission: "audit.export", because: "role" },
  });

const minutesOf = (rows: readonly LogRow[]) =>
  rows.flatMap((row) => (row.entry ? [(row.entry.at.getTime() - at(0).getTime()) / 60_000] : []));
const list = async (
  tx: DatabaseOrTransaction,
  filters: Partial<LogFilters>,
  { scope = everything, place = start }: { scope?: AuditScope; place?: LogPlace } = {},
) => {
  const since = { from: "2098-03-13", ...filters };
  return listLogEntries(tx, { scope, filters: { ...NO_FILTERS, ...since }, now, timeZone }, place);
};
const minutes = async (...given: Parameters<typeof list>) => minutesOf((await list(...given)).rows);

function withEntries(test: (tx: DatabaseOrTransaction) => Promise<void>) {
  return inRolledBackTransaction(async (tx) => {
    await makeMembers(tx);
    await enable(tx, SYSTEM, 1);
    await view(tx, officer, 2);
    await view(tx, administrator, 3);
    await enable(tx, administrator, 4);
    await refuse(tx, productManager, 5);
    await test(tx);
  });
}

test("the log can be narrowed to who, what, about what, how it ended and when", () =>
  withEntries(async (tx) => {
    expect(await minutes(tx, {})).toEqual([5, 4, 3, 2, 1]);
    expect(await minutes(tx, { who: [administrator.id] })).toEqual([4, 3]);
    expect(await minutes(tx, { who: [administrator.id, "system"] })).toEqual([4, 3, 1]);
    expect(await minutes(tx, { act: ["person.view"] })).toEqual([3, 2]);
    expect(await minutes(tx, { object: ["application"] })).toEqual([4, 1]);
    expect(await minutes(tx, { entity: { type: "person", id: personId } })).toEqual([3, 2]);
    expect(await minutes(tx, { result: ["refused"] })).toEqual([5]);
    expect(await minutes(tx, { from: null, time: "today" })).toEqual([5, 4, 3, 2, 1]);
    expect(await minutes(tx, { to: "2098-03-12", from: "2098-03-12" })).toEqual([]);
    // 12:05 UTC is 09:05 in São Paulo, the same day; the next day begins at 03:00 UTC.
    await enable(tx, SYSTEM, 15 * 60 + 1);
    expect(await minutes(tx, { from: "2098-03-14", to: "2098-03-14" })).toEqual([901]);
  }));

test("pages go on where the last one ended, both ways and in both orders", () =>
  inRolledBackTransaction(async (tx) => {
    await makeMembers(tx);
    for (let minute = 0; minute < 60; minute++) await enable(tx, SYSTEM, minute);
    for (const order of ["newest", "oldest"] as const) {
      const first = await list(tx, {}, { place: { ...start, order } });
      const last = first.rows.at(-1)?.entry;
      expect(first).toMatchObject({ hasPrevious: false, hasNext: true });
      if (!last) throw new Error("The page is empty.");
      const after = { at: last.at, id: last.id, direction: "after" } as const;
      const next = await list(tx, {}, { place: { ...start, order, cursor: after } });
      expect(next).toMatchObject({ hasPrevious: true, hasNext: false });
      expect([...minutesOf(first.rows), ...minutesOf(next.rows)]).toEqual(
        Array.from({ length: 60 }, (_, place) => (order === "newest" ? 59 - place : place)),
      );
      const top = next.rows[0]?.entry;
      if (!top) throw new Error("The page is empty.");
      const before = { at: top.at, id: top.id, direction: "before" } as const;
      const back = await list(tx, {}, { place: { ...start, order, cursor: before } });
      expect(minutesOf(back.rows)).toEqual(minutesOf(first.rows));
    }
  }));

test("nobody finds an entry outside of their own area: not in the list, not counted, not by its id", () =>
  withEntries(async (tx) => {
    const [refusal, , adminView, officerView] = (await list(tx, {})).rows.map(({ entry }) => entry?.id ?? "");
    const scopeOf = ({ id, role }: Extract<Actor, { id: string }>) =>
      auditScopeOf({ memberId: id, role, grant: "own_area" });
    const admin = scopeOf(administrator);
    expect(await minutes(tx, {}, { scope: admin })).toEqual([5, 4, 3, 1]);
    expect(await findLogEntry(tx, adminView ?? "", admin)).not.toBeNull();
    expect(await findLogEntry(tx, officerView ?? "", admin)).toBeNull();
    expect(await minutes(tx, { act: ["person.view"], who: [officer.id] }, { scope: admin })).toEqual([]);
    const manager = scopeOf(productManager);
    expect(await minutes(tx, {}, { scope: manager })).toEqual([5, 4, 1]);
    expect(await findLogEntry(tx, refusal ?? "", manager)).not.toBeNull();
    // What they did about people before they became one stays closed to a product manager.
    const wasAdministrator = auditScopeOf({
      memberId: administrator.id,
      role: "product_manager",
      grant: "own_area",
    });
    expect(await minutes(tx, {}, { scope: wasAdministrator })).toEqual([4, 1]);
    const filters = { ...NO_FILTERS, from: "2098-03-13" };
    expect(await countLogEntries(tx, { scope: manager, filters, now, timeZone })).toBe(3);
  }));

test("a CustomID finds all that the log holds of a person, under every key there was, and the search is in it", () =>
  withEntries(async (tx) => {
    await rotateEpoch(tx, AUDIT_KEY, SYSTEM, at(6));
    await view(tx, officer, 7);
    const found = await recordLogSearch(tx, subject, officer, at(8));
    expect(found.entries).toBe(3);
    expect(found.refs).toHaveLength(2);
    expect(await minutes(tx, { whom: found.refs })).toEqual([8, 7, 3, 2]);
    const looks = await listLooks(tx, { personId, refs: found.refs }, 10);
    expect(looks.map(({ action, who }) => [action, who])).toEqual([
      ["audit.search", "compliance_officer-01"],
      ["person.view", "compliance_officer-01"],
      ["person.view", "administrator-01"],
      ["person.view", "compliance_officer-01"],
    ]);
    const nobody = await recordLogSearch(tx, { ...subject, customId: "nobody" }, officer, at(9));
    expect(nobody.entries).toBe(0);
  }));

test("what is newer than an entry is counted, up to a limit", () =>
  withEntries(async (tx) => {
    const [, second] = (await list(tx, {})).rows;
    const query = { scope: everything, filters: { ...NO_FILTERS, from: "2098-03-13" }, now, timeZone };
    if (!second?.entry) throw new Error("The page is empty.");
    expect(await countLogEntries(tx, query, { after: second.entry })).toBe(1);
    expect(await countLogEntries(tx, query, { most: 2 })).toBe(3);
  }));
