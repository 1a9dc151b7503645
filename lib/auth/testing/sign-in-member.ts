import { TOTP } from "otpauth";
import type { DatabaseOrTransaction } from "#db/client.ts";
import type { Role } from "#lib/members/schema.ts";
import { makeMember } from "#lib/members/testing/make-member.ts";
import { confirmCodeApp } from "../confirm-code-app.ts";
import { memberKeyOf } from "../member-seal.ts";
import { offerCodeApp } from "../offer-code-app.ts";
import { findSession } from "../queries.ts";
import { startSession } from "../start-session.ts";
import type { Viewer } from "../types.ts";

/** The key of the members of tests. */
export const MEMBER_KEY = memberKeyOf("ab".repeat(32));

/** The code that an app with this secret shows at a time. */
export const codeAt = (secret: string, at: Date): string =>
  new TOTP({ secret }).generate({ timestamp: at.getTime() });

/** The viewer behind a session as they are now. */
export async function viewerOf(tx: DatabaseOrTransaction, sessionId: string): Promise<Viewer> {
  const session = await findSession(tx, sessionId);
  if (session === null) throw new Error("There is no such session.");
  return session.viewer;
}

/** A member who signed in with their password at `at`. */
export async function signInMember(tx: DatabaseOrTransaction, at: Date, role: Role = "administrator") {
  const member = await makeMember(tx, role);
  const sessionId = await startSession(tx, { memberId: member.id, role, provedWith: "password" }, at);
  return { ...member, viewer: await viewerOf(tx, sessionId) };
}

/** The same with a code app, set up at `at` with the code of that moment. */
export async function signInWithCodeApp(tx: DatabaseOrTransaction, at: Date, role: Role = "administrator") {
  const member = await signInMember(tx, at, role);
  const { secret, sealed } = offerCodeApp(MEMBER_KEY, member.viewer, at);
  const confirmation = { sealed, code: codeAt(secret, at), memberKey: MEMBER_KEY, replaces: false };
  const done = await confirmCodeApp(tx, confirmation, member.viewer, at);
  if (!done.ok) throw new Error(`The code app was not set up: ${done.code}`);
  const viewer = await viewerOf(tx, member.viewer.sessionId);
  return { ...member, secret, recoveryCodes: done.recoveryCodes, viewer };
}
