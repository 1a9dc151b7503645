"use server";

import { defineAction } from "#lib/action/define-action.ts";
import { removeView } from "#lib/saved-views/remove-view.ts";
import { saveView } from "#lib/saved-views/save-view.ts";
import { viewFormSchema, viewIdFormSchema } from "#lib/saved-views/schema.ts";
import { parseVerificationsSearch } from "../search-params.ts";

export const saveViewAction = defineAction({
  name: "view.save",
  permission: "views.change",
  input: viewFormSchema,
  run: async ({ db, viewer: { memberId, role }, at }, { viewId, name, search }) => {
    const { filters, order } = parseVerificationsSearch(Object.fromEntries(new URLSearchParams(search)));
    const values = search === "" ? null : { ...filters, order };
    const saved = await saveView(db, { viewId, name, values }, { id: memberId, role }, at);
    return saved.ok ? { ok: true, data: { id: saved.id } } : saved;
  },
});

export const removeViewAction = defineAction({
  name: "view.remove",
  permission: "views.change",
  input: viewIdFormSchema,
  run: async ({ db, viewer: { memberId, role }, at }, { viewId }) =>
    (await removeView(db, viewId, { id: memberId, role }, at))
      ? { ok: true, data: {} }
      : { ok: false, code: "not_found" },
});
