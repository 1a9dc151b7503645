"use server";

import { defineAction } from "#lib/action/define-action.ts";
import { examineImport, importFile } from "#lib/people-import/import-file.ts";
import { consoleImporter } from "#lib/people-import/loaders.ts";
import { importFormSchema } from "#lib/people-import/schema.ts";

export const examineImportAction = defineAction({
  name: "person.import",
  permission: "people.import",
  input: importFormSchema,
  refreshes: false,
  run: async ({ db, viewer }, { file, withErased }) => {
    const wanted = { bytes: new Uint8Array(await file.arrayBuffer()), withErased: withErased === "on" };
    const by = consoleImporter({ id: viewer.memberId, role: viewer.role });
    return { ok: true, data: await examineImport(db, wanted, by) };
  },
});

export const importPeopleAction = defineAction({
  name: "person.import",
  permission: "people.import",
  input: importFormSchema,
  refreshes: false,
  run: async ({ db, viewer, at }, { file, withErased }) => {
    const wanted = { bytes: new Uint8Array(await file.arrayBuffer()), withErased: withErased === "on" };
    const by = consoleImporter({ id: viewer.memberId, role: viewer.role });
    return { ok: true, data: await importFile(db, wanted, by, at) };
  },
});
