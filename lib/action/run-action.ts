import { z } from "zod";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import { grantOf } from "#lib/auth/policy.ts";
import type { ViewerResult } from "#lib/auth/read-viewer.ts";
import type { Viewer } from "#lib/auth/types.ts";
import type { ActionErrorCode, ActionResult } from "#lib/errors.ts";
import { isDatabaseAway } from "./database-away.ts";
import type { ActionDefinition } from "./types.ts";

/** What surrounds an action: bound to Next in define-action.ts, to a test's own in tests. */
export type ActionWorld = {
  db: DatabaseOrTransaction;
  now: Date;
  requestId: string;
  findViewer(): Promise<ViewerResult>;
  /** Lets the pages in view load anew. */
  refresh(): void;
  /** Throws again what belongs to the framework, such as a redirect. */
  rethrowFramework(error: unknown): void;
  logFailure(error: unknown, requestId: string): void;
};

/**
 * Runs an action in the one order that is safe: who is it, may they (before a byte of the input is looked at; a
 * refusal is audited), what do they want, do it, refresh. Never throws but what belongs to the framework.
 */
export async function runAction<Input extends z.ZodType, Data>(
  definition: ActionDefinition<Input, Data>,
  world: ActionWorld,
  raw: unknown,
): Promise<ActionResult<Data>> {
  const fail = (code: ActionErrorCode, fields?: Record<string, string[]>): ActionResult<Data> => ({
    ok: false,
    error: { code, requestId: world.requestId, ...(fields ? { fields } : {}) },
  });
  try {
    const found = await world.findViewer();
    if (!found.ok) return fail("signed_out");
    const grant = grantOf(found.viewer.role, definition.permission);
    if (grant === null) {
      await auditRefusal(definition, world, found.viewer);
      return fail("forbidden");
    }
    const parsed = definition.input.safeParse(plainInput(raw));
    if (!parsed.success) return fail("invalid_input", fieldErrors(parsed.error));
    const { db, now: at, requestId } = world;
    const outcome = await definition.run(
      { viewer: { ...found.viewer, grant }, db, at, requestId },
      parsed.data,
    );
    if (!outcome.ok) return fail(outcome.code, outcome.fields);
    if (definition.refreshes !== false) world.refresh();
    return { ok: true, data: outcome.data };
  } catch (error) {
    world.rethrowFramework(error);
    world.logFailure(error, world.requestId);
    return fail(isDatabaseAway(error) ? "unavailable" : "unexpected");
  }
}

function auditRefusal(definition: { name: string; permission: string }, world: ActionWorld, viewer: Viewer) {
  return recordAudit(world.db, {
    action: "action.refuse",
    actor: { id: viewer.memberId, role: viewer.role },
    at: world.now,
    entity: { type: "action", id: null },
    details: { action: definition.name, permission: definition.permission },
  });
}

/** A form as an object: a name sent once is its value, one sent several times a list. Files stay files. */
function plainInput(raw: unknown): unknown {
  if (!(raw instanceof FormData)) return raw;
  const fields: Record<string, unknown> = {};
  for (const name of new Set(raw.keys())) {
    const values = raw.getAll(name);
    fields[name] = values.length === 1 ? values[0] : values;
  }
  return fields;
}

function fieldErrors(error: z.ZodError): Record<string, string[]> {
  const { fieldErrors: fields } = z.flattenError(error);
  return Object.fromEntries(
    Object.entries<string[] | undefined>(fields).map(([field, messages]) => [field, messages ?? []]),
  );
}
