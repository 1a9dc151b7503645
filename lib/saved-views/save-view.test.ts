import { desc, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { savedViews } from "#db/schema/saved-views.ts";
import { inRolledBackTransaction } from "#db/testing/in-rolled-back-transaction.ts";
import { newId } from "#lib/ids.ts";
import { makeMember } from "#lib/members/testing/make-member.ts";
import { noFacets } from "#lib/verifications/rules.ts";
import { findView, listOwnViews } from "./queries.ts";
import { removeView } from "./remove-view.ts";
import { hasChanged } from "./rules.ts";
import { saveView } from "./save-view.ts";
import { MOST_VIEWS, type ViewValues } from "./types.ts";

const at = new Date("2026-03-13T12:00:00Z");
const values: ViewValues = {
  ...noFacets(),
  reason: ["too_dark", "blurred"],
  apiStatus: ["200"],
  window: "7d",
  range: { from: new Date("2026-03-12T12:00:00Z"), to: at },
  order: "oldest",
};

const owner = async (tx: DatabaseOrTransaction) => {
  const { id } = await makeMember(tx, "viewer");
  return { id, role: "viewer" } as const;
};
type Owner = Awaited<ReturnType<typeof owner>>;

async function save(tx: DatabaseOrTransaction, by: Owner, name: string, viewId: string | null = null) {
  return saveView(tx, { viewId, name, values }, by, at);
}

const acts = async (tx: DatabaseOrTransaction, by: Owner) =>
  (
    await tx
      .select({ action: auditEntries.action })
      .from(auditEntries)
      .where(eq(auditEntries.actorId, by.id))
      .orderBy(desc(auditEntries.id))
  ).map(({ action }) => action);

test("a view is read as it was saved, by whoever has its link, and the log tells of it", () =>
  inRolledBackTransaction(async (tx) => {
    const by = await owner(tx);
    const saved = await save(tx, by, "Dark rooms");
    if (!saved.ok) throw new Error(saved.code);
    const found = await findView(tx, saved.id, newId());
    expect(found).toMatchObject({ name: "Dark rooms", isOwn: false, values });
    expect(await listOwnViews(tx, by.id)).toEqual([{ id: saved.id, name: "Dark rooms" }]);
    expect(await acts(tx, by)).toEqual(["view.save"]);
  }));

test("its owner renames, replaces and removes it; to anybody else it is not there", () =>
  inRolledBackTransaction(async (tx) => {
    const by = await owner(tx);
    const saved = await save(tx, by, "Dark rooms");
    if (!saved.ok) throw new Error(saved.code);
    const stranger = await owner(tx);
    expect(await save(tx, stranger, "Mine now", saved.id)).toEqual({ ok: false, code: "not_found" });
    expect(await removeView(tx, saved.id, stranger, at)).toBe(false);
    expect(await saveView(tx, { viewId: saved.id, name: "Night", values: null }, by, at)).toMatchObject({
      ok: true,
    });
    expect(await findView(tx, saved.id, by.id)).toMatchObject({ name: "Night", isOwn: true, values });
    const other = { ...values, window: "30d" } as const;
    await saveView(tx, { viewId: saved.id, name: "Night", values: other }, by, at);
    expect((await findView(tx, saved.id, by.id))?.values).toEqual(other);
    expect(await removeView(tx, saved.id, by, at)).toBe(true);
    expect(await findView(tx, saved.id, by.id)).toBeNull();
    expect((await acts(tx, by)).sort()).toEqual(["view.remove", "view.save", "view.save", "view.save"]);
    expect(await acts(tx, stranger)).toEqual([]);
  }));

test("no member has two views of one name, or more than fit a menu", () =>
  inRolledBackTransaction(async (tx) => {
    const by = await owner(tx);
    for (let n = 0; n < MOST_VIEWS; n++) await save(tx, by, `View ${n}`);
    expect(await save(tx, by, "VIEW 3")).toMatchObject({
      code: "invalid_input",
      fields: { name: ["taken"] },
    });
    expect(await save(tx, by, "One more")).toMatchObject({ fields: { name: ["too_many"] } });
    expect(await save(tx, await owner(tx), "View 3")).toMatchObject({ ok: true });
  }));

test("a view with words that are no longer known is there, but says that it cannot be read", () =>
  inRolledBackTransaction(async (tx) => {
    const by = await owner(tx);
    const saved = await save(tx, by, "Dark rooms");
    if (!saved.ok) throw new Error(saved.code);
    const then = { ...values, reason: ["a_reason_of_old"] };
    await tx.update(savedViews).set({ values: then }).where(eq(savedViews.id, saved.id));
    expect(await findView(tx, saved.id, by.id)).toMatchObject({ name: "Dark rooms", values: null });
  }));

test.each<[string, Partial<ViewValues>, boolean]>([
  ["the same in another order", { reason: ["blurred", "too_dark"] }, false],
  ["one value less", { reason: ["blurred"] }, true],
  ["another window", { window: "24h" }, true],
  ["another part of it", { range: null }, true],
  ["the other order", { order: "newest" }, true],
])("what is shown differs from a view by %s: %s", (_, more, isChanged) => {
  expect(hasChanged({ ...values, ...more }, values)).toBe(isChanged);
});
