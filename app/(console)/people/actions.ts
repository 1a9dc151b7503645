"use server";

import { z } from "zod";
import { defineAction } from "#lib/action/define-action.ts";
import { findListedPeople, findPeople } from "#lib/people/loaders.ts";
import { recordSearch } from "#lib/people/record-search.ts";
import { pastedListSchema, searchPurposeSchema } from "#lib/people/schema.ts";
import { peopleFiltersSchema } from "./search-params.ts";

const searchSchema = z.object({
  text: z.string().max(128),
  filters: peopleFiltersSchema,
  purpose: searchPurposeSchema,
});

export const searchPeopleAction = defineAction({
  name: "person.search",
  permission: "people.search",
  input: searchSchema,
  refreshes: false,
  run: async ({ db, viewer, at }, search) => ({
    ok: true,
    data: await findPeople(db, viewer.grant, search, at),
  }),
});

export const settleSearchAction = defineAction({
  name: "person.search",
  permission: "people.search",
  input: searchSchema,
  refreshes: false,
  run: async ({ db, viewer, at }, { purpose, ...search }) => {
    // Searched again instead of believed: what is audited is what the database says.
    const found = await findPeople(db, viewer.grant, search, at);
    const actor = { id: viewer.memberId, role: viewer.role };
    const results = found.ok ? found.people.length : 0;
    await recordSearch(db, actor, { kind: (found.ok && found.kind) || "part", results, purpose }, at);
    return { ok: true, data: null };
  },
});

export const findListedPeopleAction = defineAction({
  name: "person.search",
  permission: "people.search",
  input: z.object({ customIds: pastedListSchema, purpose: searchPurposeSchema }),
  refreshes: false,
  run: async ({ db, viewer, at }, { customIds, purpose }) => {
    const found = await findListedPeople(db, viewer.grant, customIds, at);
    const actor = { id: viewer.memberId, role: viewer.role };
    await recordSearch(db, actor, { kind: "list", results: found.people.length, purpose }, at);
    return { ok: true, data: found };
  },
});
