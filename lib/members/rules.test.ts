import { describe, expect, test } from "vitest";
import {
  compareMembers,
  isWithdrawn,
  rosterState,
  standingOf,
  troubleOfChange,
  troubleOfLink,
} from "./rules.ts";
import type { Role } from "./schema.ts";
import type { Member } from "./types.ts";

const NOW = new Date("2026-03-13T12:00:00.000Z");
const EARLIER = new Date("2026-03-12T12:00:00.000Z");
const LATER = new Date("2026-03-14T12:00:00.000Z");

const link = { expiresAt: LATER, usedAt: null, withdrawnAt: null };

test.each([
  [null, "unknown"],
  [link, null],
  [{ ...link, expiresAt: NOW }, "expired"],
  [{ ...link, withdrawnAt: EARLIER }, "withdrawn"],
  [{ ...link, usedAt: EARLIER }, "used"],
  [{ ...link, usedAt: EARLIER, expiresAt: EARLIER }, "used"],
  [{ ...link, withdrawnAt: EARLIER, expiresAt: EARLIER }, "withdrawn"],
])("a link %j is told as %j", (facts, trouble) => {
  expect(troubleOfLink(facts, NOW)).toBe(trouble);
});

type AccountFacts = { passwordHash: string | null; hasIdentity: boolean; disabledAt: Date | null };
const account: AccountFacts = { passwordHash: "a hash", hasIdentity: false, disabledAt: null };
const guest = { ...account, passwordHash: null };

test.each([
  ["with a password", account, null, "active"],
  ["known by single sign-on alone", { ...guest, hasIdentity: true }, null, "active"],
  ["with an open invitation", guest, { expiresAt: LATER }, "invited"],
  ["whose invitation ended", guest, { expiresAt: NOW }, "lapsed"],
  ["without any link", guest, null, "lapsed"],
  ["with a link to come back", account, { expiresAt: LATER }, "active"],
  ["disabled", { ...account, disabledAt: EARLIER }, null, "disabled"],
])("an account %s stands as it is", (_, facts, open, standing) => {
  expect(standingOf(facts, open, NOW)).toBe(standing);
});

test("an account is nobody's only when it was taken back before anybody came in", () => {
  expect(isWithdrawn({ ...guest, disabledAt: EARLIER })).toBe(true);
  expect(isWithdrawn({ ...account, disabledAt: EARLIER })).toBe(false);
  expect(isWithdrawn(guest)).toBe(false);
});

describe("what nobody may do to a member", () => {
  const member = (role: Role, canSignIn = true) => ({ id: "them", role, canSignIn });
  const one = { administrator: 1, compliance_officer: 1, product_manager: 1, viewer: 1 };
  const two = { administrator: 2, compliance_officer: 2, product_manager: 2, viewer: 2 };
  test.each([
    ["the last administrator stays", member("administrator"), "me", one, "last_of_role"],
    ["the last compliance officer stays", member("compliance_officer"), "me", one, "last_of_role"],
    [
      "not even single sign-on removes the last administrator",
      member("administrator"),
      null,
      one,
      "last_of_role",
    ],
    ["one of two administrators may go", member("administrator"), "me", two, null],
    ["the last product manager may go", member("product_manager"), "me", one, null],
    ["the last viewer may go", member("viewer"), "me", one, null],
    ["nobody changes themselves", member("administrator"), "them", two, "own_account"],
    ["an invited administrator is not the last one", member("administrator", false), "me", one, null],
  ])("%s", (_, who, actorId, holders, trouble) => {
    expect(troubleOfChange(who, actorId, holders)).toBe(trouble);
  });
});

const shown = (name: string, more: Partial<Member> = {}): Member => ({
  id: name,
  name,
  email: `${name}@company.example`,
  role: "administrator",
  version: 1,
  createdAt: EARLIER,
  disabledAt: null,
  standing: "active",
  secondFactor: "code_app",
  recoveryCodesLeft: 10,
  lastSeenAt: null,
  openSessions: 0,
  link: null,
  ...more,
});

test("the list goes by role and name, the disabled last", () => {
  const list = [
    shown("b", { role: "viewer" }),
    shown("z", { disabledAt: EARLIER, standing: "disabled" }),
    shown("c"),
    shown("a", { role: "viewer" }),
  ];
  expect(list.sort(compareMembers).map(({ name }) => name)).toEqual(["c", "a", "b", "z"]);
});

describe("what most needs to be said", () => {
  const well = [shown("a"), shown("b")];
  const lapsed = shown("late", { standing: "lapsed", secondFactor: null });
  const invited = shown("new", { standing: "invited", secondFactor: null });
  const bare = shown("bare", { secondFactor: null });
  const gone = shown("gone", { standing: "disabled", disabledAt: EARLIER, secondFactor: null });
  test.each([
    [
      "an invitation that ended, first of all",
      [...well, bare, invited, lapsed],
      "required",
      "lapsed",
      ["late"],
    ],
    ["then who has not come in", [...well, bare, invited], "required", "invited", ["new"]],
    ["then who has no second factor", [...well, bare], "before_dangerous_acts", "no_second_factor", ["bare"]],
    ["where none is asked for, that is well", [...well, bare], "off", "well", []],
    ["a lone administrator", [shown("a"), gone], "required", "one_administrator", []],
    ["nothing, and the disabled need nothing", [...well, gone], "required", "well", []],
  ] as const)("%s", (_, members, mode, kind, names) => {
    const state = rosterState(members, mode);
    expect([state.kind, state.members.map(({ name }) => name)]).toEqual([kind, names]);
  });
});
