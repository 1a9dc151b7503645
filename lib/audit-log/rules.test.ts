import { expect, test } from "vitest";
import { auditScopeOf } from "#lib/audit/rules.ts";
import { edgesOf, foldEntries, kindOf, reversed } from "./rules.ts";
import type { ReadEntry } from "./types.ts";

const entry = (id: string, action: string, outcome: ReadEntry["outcome"] = "done"): ReadEntry => ({
  id,
  at: new Date(0),
  sequence: null,
  action,
  entityType: action.split(".")[0] ?? "",
  entityId: null,
  outcome,
  details: {},
  actorId: null,
  actorRole: "system",
  subject: null,
});

const looks = (count: number, from = 0) =>
  Array.from({ length: count }, (_, place) => entry(`look-${from + place}`, "person.view"));
const change = (id: string) => entry(id, "policy.change");

const all = { unfold: [], keep: 0, most: 50 };
/** Rows as they are read: ids, and folds with how many they hold. */
const shape = (entries: ReadEntry[], folding: Parameters<typeof foldEntries>[1] = all) =>
  foldEntries(entries, folding).rows.map(({ fold, entry: one }) => (fold ? fold.entries.length : one?.id));

test("a run of three routine entries is one row, a shorter one is not", () => {
  expect(shape([change("a"), ...looks(3), change("b"), ...looks(2, 3)])).toEqual([
    "a",
    3,
    "b",
    "look-3",
    "look-4",
  ]);
});

test("a change or a refusal is never folded away", () => {
  const refusal = entry("no", "session.refuse", "refused");
  expect(shape([...looks(2), change("a"), refusal, ...looks(2, 2)])).toEqual([
    "look-0",
    "look-1",
    "a",
    "no",
    "look-2",
    "look-3",
  ]);
  expect(shape([...looks(4), entry("x", "person.view", "refused")])).toEqual([4, "x"]);
});

test("what somebody asked to see stands open, and with all unfolded nothing is folded", () => {
  expect(shape(looks(4), { ...all, unfold: ["look-2"] })).toHaveLength(4);
  expect(shape(looks(4), { ...all, unfold: "all" })).toHaveLength(4);
});

test("the newest entries stand as they are", () => {
  expect(shape(looks(7), { ...all, keep: 3 })).toEqual(["look-0", "look-1", "look-2", 4]);
});

test("a page ends after its rows, in the middle of an open run too, and says how many entries it holds", () => {
  const entries = [...looks(5), change("a"), ...looks(3, 5), change("b")];
  expect(foldEntries(entries, { ...all, most: 2 })).toMatchObject({ used: 6 });
  expect(foldEntries(entries, { ...all, unfold: "all", most: 2 })).toMatchObject({ used: 2 });
  expect(foldEntries([], all)).toEqual({ rows: [], used: 0 });
});

test("read backwards, rows and what they hold stand the right way round again", () => {
  const { rows } = foldEntries([change("a"), ...looks(3)], all);
  const { first, last } = edgesOf(reversed(rows));
  expect([first?.id, last?.id]).toEqual(["look-2", "a"]);
});

test("a fold tells how many of each kind it holds", () => {
  const run = [...looks(2), entry("s", "person.search"), entry("in", "session.open")];
  expect(foldEntries(run, all).rows[0]?.fold?.kinds).toEqual([
    { kind: "look", count: 2 },
    { kind: "search", count: 1 },
    { kind: "sign_in", count: 1 },
  ]);
});

test("an act of another version has no kind and is no routine", () => {
  expect(kindOf("request.approve_twice")).toBeNull();
  expect(shape([entry("a", "x.y"), entry("b", "x.y"), entry("c", "x.y")])).toEqual(["a", "b", "c"]);
});

test("who reads the whole log reads all of it; others what they look after and what they did", () => {
  const officer = { memberId: "o", role: "compliance_officer", grant: "full" } as const;
  expect(auditScopeOf(officer)).toEqual({ kind: "all" });
  const administrator = auditScopeOf({ memberId: "a", role: "administrator", grant: "own_area" });
  expect(administrator).toMatchObject({ kind: "own_area", memberId: "a", people: true });
  expect(administrator).not.toHaveProperty("entities", expect.arrayContaining(["person"]));
  expect(administrator).toHaveProperty(
    "entities",
    expect.arrayContaining(["member", "session", "action", "policy", "notification_target", "audit"]),
  );
  expect(auditScopeOf({ memberId: "p", role: "product_manager", grant: "own_area" })).toEqual({
    kind: "own_area",
    memberId: "p",
    entities: [
      "application",
      "application_key",
      "policy",
      "rollout_intent",
      "rollout",
      "early_adopters",
      "false_accept",
      "legacy_probe",
      "incident",
    ],
    people: false,
  });
});
