import { z } from "zod";
import type { DatabaseOrTransaction } from "#db/client.ts";
import type { Actor } from "#lib/audit/types.ts";
import type { ViewerResult } from "#lib/auth/read-viewer.ts";
import { recordRefusal } from "#lib/auth/record-refusal.ts";
import { admit } from "#lib/auth/rules.ts";
import type { RefusalReason, SecondFactorMode } from "#lib/auth/types.ts";
import type { ActionError, ActionErrorCode, ActionResult } from "#lib/errors.ts";
import { isDatabaseAway } from "./database-away.ts";
import type { ActionDefinition } from "./types.ts";

/** What surrounds an action: bound to Next in define-action.ts, to a test's own in tests. */
export type ActionWorld = {
  db: DatabaseOrTransaction;
  now: Date;
  requestId: string;
  secondFactor: SecondFactorMode;
  findViewer(): Promise<ViewerResult>;
  /** Lets the pages in view load anew. */
  refresh(): void;
  /** Throws again what belongs to the framework, such as a redirect. */
  rethrowFramework(error: unknown): void;
  logFailure(error: unknown, requestId: string): void;
  /** Nobody is signed in: that goes to the console's log, as strangers must not be able to fill the audit log. */
  logStranger(requestId: string): void;
};

/**
 * Runs an action in the one order that is safe: who is it, may they, and have they proved it lately enough (before a
 * byte of the input is looked at; a refusal is audited), what do they want, do it, refresh. Never throws but what belongs to the framework.
 */
export async function runAction<Input extends z.ZodType, Data>(
  definition: ActionDefinition<Input, Data>,
  world: ActionWorld,
  raw: unknown,
): Promise<ActionResult<Data>> {
  const fail = (code: ActionErrorCode, more: Partial<ActionError> = {}): ActionResult<Data> => ({
    ok: false,
    error: { code, requestId: world.requestId, ...more },
  });
  try {
    const found = await world.findViewer();
    if (!found.ok) {
      if (found.disabled) await auditRefusal(definition, world, found.disabled, "disabled");
      else world.logStranger(world.requestId);
      return fail("signed_out");
    }
    const admitted = admit(found.viewer, definition.permission, world.secondFactor, world.now);
    if (!admitted.ok) {
      const { memberId: id, role } = found.viewer;
      await auditRefusal(definition, world, { id, role }, admitted.because);
      if (admitted.because === "role") return fail("forbidden");
      return fail("step_up_required", { stepUp: admitted.stepUp });
    }
    const { viewer } = admitted;
    const parsed = definition.input.safeParse(plainInput(raw));
    if (!parsed.success) return fail("invalid_input", { fields: fieldErrors(parsed.error) });
    const { db, now: at, requestId } = world;
    const outcome = await definition.run({ viewer, db, at, requestId }, parsed.data);
    if (!outcome.ok) return fail(outcome.code, outcome.fields ? { fields: outcome.fields } : {});
    if (definition.refreshes !== false) world.refresh();
    return { ok: true, data: outcome.data };
  } catch (error) {
    world.rethrowFramework(error);
    world.logFailure(error, world.requestId);
    return fail(isDatabaseAway(error) ? "unavailable" : "unexpected");
  }
}

function auditRefusal(
  { name: action, permission }: Pick<ActionDefinition<z.ZodType, unknown>, "name" | "permission">,
  { db, now }: ActionWorld,
  actor: Actor,
  because: RefusalReason,
) {
  return recordRefusal(db, { actor, action, permission, because }, now);
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
