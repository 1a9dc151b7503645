import type { z } from "zod";
import type { DatabaseOrTransaction } from "#db/client.ts";
import type { Permission } from "#lib/auth/policy.ts";
import type { PermittedViewer } from "#lib/auth/types.ts";
import type { ActionErrorCode } from "#lib/errors.ts";

/** What an action's one domain function gets to know of its caller. */
export type ActionContext = {
  viewer: PermittedViewer;
  db: DatabaseOrTransaction;
  at: Date;
  requestId: string;
};

export type ActionOutcome<Data> =
  | { ok: true; data: Data }
  | {
      ok: false;
      code: Exclude<ActionErrorCode, "signed_out" | "step_up_required" | "unexpected">;
      fields?: Record<string, string[]>;
    };

export type ActionDefinition<Input extends z.ZodType, Data> = {
  /** `entity.verb`, as in the audit log. */
  name: string;
  permission: Permission;
  input: Input;
  /** False for an act that changes nothing a page in view shows, such as a search; the pages then stay as they are. */
  refreshes?: false;
  /** Calls one domain function, which authorises the object, writes and audits in one transaction. */
  run(context: ActionContext, input: z.output<Input>): Promise<ActionOutcome<Data>>;
};
