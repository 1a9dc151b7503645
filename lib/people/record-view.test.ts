import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { AUDIT_KEY } from "#lib/audit/testing/audit-key.ts";
import { newId } from "#lib/ids.ts";
import { recordSearch } from "./record-search.ts";
import { recordView } from "./record-view.ts";

const at = new Date("2026-03-13T12:00:00Z");
const minutesLater = (minutes: number) => new Date(at.getTime() + minutes * 60_000);
const aPerson = (personId: string) => ({
  personId,
  subject: { customId: `sample-${personId}`, key: AUDIT_KEY },
});
const aMember = () => ({ id: newId(), role: "administrator" }) as const;

const entriesOf = (tx: DatabaseOrTransaction, actorId: string) =>
  tx.select().from(auditEntries).where(eq(auditEntries.actorId, actorId));

test("looking again within ten minutes is the same look, and after them another", () =>
  inRolledBackTransaction(async (tx) => {
    const actor = aMember();
    const personId = newId();
    for (const minutes of [0, 1, 9, 10.1, 15])
      await recordView(tx, actor, aPerson(personId), minutesLater(minutes));
    const entries = await entriesOf(tx, actor.id);
    expect(entries.map((entry) => entry.at).sort()).toEqual([at, minutesLater(10.1)]);
    expect(entries[0]).toMatchObject({
      action: "person.view",
      entityId: personId,
      actorRole: "administrator",
    });
  }));

test("another member and another person are looks of their own", () =>
  inRolledBackTransaction(async (tx) => {
    const [one, other] = [aMember(), aMember()];
    const personId = newId();
    await recordView(tx, one, aPerson(personId), at);
    await recordView(tx, other, aPerson(personId), at);
    await recordView(tx, one, aPerson(newId()), at);
    expect(await entriesOf(tx, one.id)).toHaveLength(2);
    expect(await entriesOf(tx, other.id)).toHaveLength(1);
  }));

test("a search is noted with its purpose, kind and number of results, and nothing else", () =>
  inRolledBackTransaction(async (tx) => {
    const actor = aMember();
    await recordSearch(tx, actor, { kind: "part", results: 14, purpose: "support_call" }, at);
    const [entry] = await entriesOf(tx, actor.id);
    expect(entry).toMatchObject({
      action: "person.search",
      entityId: null,
      details: { kind: "part", results: 14, purpose: "support_call" },
    });
    expect(Object.keys(entry?.details ?? {}).sort()).toEqual(["kind", "purpose", "results"]);
  }));
