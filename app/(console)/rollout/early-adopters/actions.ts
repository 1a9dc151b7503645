"use server";

import { z } from "zod";
import { defineAction } from "#lib/action/define-action.ts";
import { addAdopters } from "#lib/early-adopters/add-adopters.ts";
import { consoleAdder, findAsked } from "#lib/early-adopters/loaders.ts";
import { removeAdopters } from "#lib/early-adopters/remove-adopters.ts";
import { askAdopterSchema, removeAdoptersSchema } from "#lib/early-adopters/schema.ts";
import { recordSearch } from "#lib/people/record-search.ts";
import { pastedListSchema } from "#lib/people/schema.ts";

export const askAdopterAction = defineAction({
  name: "early_adopters.ask",
  permission: "early_adopters.read",
  input: askAdopterSchema,
  refreshes: false,
  run: async ({ db, viewer, at }, { customId }) => {
    const asked = await findAsked(db, customId, at);
    const actor = { id: viewer.memberId, role: viewer.role };
    const results = asked.added === null ? 0 : 1;
    await recordSearch(db, actor, { kind: "exact", results, purpose: "rollout" }, at);
    return { ok: true, data: asked };
  },
});

export const addAdoptersAction = defineAction({
  name: "early_adopters.add",
  permission: "early_adopters.change",
  input: z.object({ customIds: pastedListSchema }),
  run: async ({ db, viewer, at }, { customIds }) => ({
    ok: true,
    data: await addAdopters(db, customIds, consoleAdder(viewer), at),
  }),
});

export const removeAdoptersAction = defineAction({
  name: "early_adopters.remove",
  permission: "early_adopters.change",
  input: removeAdoptersSchema,
  run: async ({ db, viewer, at }, who) => ({
    ok: true,
    data: await removeAdopters(db, who, consoleAdder(viewer), at),
  }),
});
