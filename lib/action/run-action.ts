import { z } from "zod";
import type { DatabaseOrTransaction } from "#db/client.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import { asksProof, grantOf, type Permission } from "#lib/auth/policy.ts";
import type { ViewerResult } from "#lib/auth/read-viewer.ts";
import { lacksSecondFactor, stepUpFor } from "#lib/auth/rules.ts";
import type { SecondFactorMode, StepUp, Viewer } from "#lib/auth/types.ts";
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
    if (!found.ok) return fail("signed_out");
    const { viewer } = found;
    const grant = grantOf(viewer.role, definition.permission);
    if (grant === null) {
      await auditRefusal(definition, world, viewer, "role");
      return fail("forbidden");
    }
    const stepUp = stepUpOf(definition.permission, viewer, world);
    if (stepUp !== null) {
      await auditRefusal(definition, world, viewer, "proof");
      return fail("step_up_required", { stepUp });
    }
    const parsed = definition.input.safeParse(plainInput(raw));
    if (!parsed.success) return fail("invalid_input", { fields: fieldErrors(parsed.error) });
    const { db, now: at, requestId } = world;
    const outcome = await definition.run({ viewer: { ...viewer, grant }, db, at, requestId }, parsed.data);
    if (!outcome.ok) return fail(outcome.code, outcome.fields ? { fields: outcome.fields } : {});
    if (definition.refreshes !== false) world.refresh();
    return { ok: true, data: outcome.data };
  } catch (error) {
    world.rethrowFramework(error);
    world.logFailure(error, world.requestId);
    return fail(isDatabaseAway(error) ? "unavailable" : "unexpected");
  }
}

/** What the member is asked for first; null where nothing is. Without a second factor that is required, nothing goes. */
function stepUpOf(permission: Permission, { role, proof }: Viewer, world: ActionWorld): StepUp | null {
  if (!permission.startsWith("account.") && permission !== "session.end") {
    if (lacksSecondFactor(proof, world.secondFactor)) return "set_up";
  }
  return asksProof(role, permission) ? stepUpFor(proof, world.secondFactor, world.now) : null;
}

function auditRefusal(
  definition: { name: string; permission: string },
  world: ActionWorld,
  viewer: Viewer,
  because: "role" | "proof",
) {
  return recordAudit(world.db, {
    action: "action.refuse",
    actor: { id: viewer.memberId, role: viewer.role },
    at: world.now,
    entity: { type: "action", id: null },
    details: { action: definition.name, permission: definition.permission, because },
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
