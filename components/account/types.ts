import type { SetUpActs } from "#components/proof/types.ts";
import type { ChangePasswordResult } from "#lib/auth/types.ts";
import type { ActionResult } from "#lib/errors.ts";

export type ChangePassword = (input: {
  present: string;
  next: string;
}) => Promise<ActionResult<ChangePasswordResult>>;

/** What a member may do to their own account, made by the app and handed down. */
export type AccountActs = {
  setUp: SetUpActs;
  /** The same acts for an app that replaces the one in force. */
  replace: SetUpActs;
  createCodes(input: undefined): Promise<ActionResult<string[]>>;
  changePassword: ChangePassword;
  endSession(input: { sessionId: string }): Promise<ActionResult<null>>;
  endOthers(input: undefined): Promise<ActionResult<{ ended: number }>>;
};
