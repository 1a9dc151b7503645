import "server-only";
import { headers } from "next/headers";
import { forbidden, redirect, unauthorized } from "next/navigation";
import { getServerSession } from "next-auth";
import { cache } from "react";
import { consoleDatabase, consoleSettings } from "#lib/console/runtime.ts";
import { log } from "#lib/log.ts";
import { authOptions } from "./auth-options.ts";
import { grantOf, type Permission } from "./policy.ts";
import { readViewer, type ViewerResult } from "./read-viewer.ts";
import { recordRefusal } from "./record-refusal.ts";
import { PATH_HEADER } from "./return-path.ts";
import { admit, lacksSecondFactor } from "./rules.ts";
import type { PermittedViewer } from "./types.ts";

/** Who makes this request, asked of the database once per request. */
export const findViewer = cache(async (): Promise<ViewerResult> => {
  const session = await getServerSession(authOptions());
  return readViewer(consoleDatabase(), session?.sessionId, new Date());
});

/** The same for a page that asks by itself, again and again: that is no use of the session, and ends it when due. */
async function peekViewer(): Promise<ViewerResult> {
  const session = await getServerSession(authOptions());
  return readViewer(consoleDatabase(), session?.sessionId, new Date(), { isUse: false });
}

/**
 * The viewer of a page, if they may do what it needs: the first line of every loader. Leads to the sign-in page where
 * nobody is signed in, and to the "not open to your role" page, audited, where the role may not.
 */
export async function requireViewer(permission: Permission): Promise<PermittedViewer> {
  const found = await findViewer();
  if (!found.ok) {
    const { disabled: actor } = found;
    const refusal = { action: "page.open", permission, because: "disabled" } as const;
    if (actor) await recordRefusal(consoleDatabase(), { actor, ...refusal }, new Date());
    redirect(await signInPath(found.end));
  }
  const { viewer } = found;
  const grant = grantOf(viewer.role, permission);
  const setsUpFirst = lacksSecondFactor(viewer.proof, consoleSettings().secondFactor);
  if (setsUpFirst && !permission.startsWith("account.")) redirect("/account");
  if (grant !== null) return { ...viewer, grant };
  const actor = { id: viewer.memberId, role: viewer.role };
  const refusal = { actor, action: "page.open", permission, because: "role" } as const;
  await recordRefusal(consoleDatabase(), refusal, new Date());
  forbidden();
}

/**
 * The caller of a route, if they may do what it answers: the first line of its loader. Answers 401 where nobody is
 * signed in and 403 where the role may not or a fresh proof is missing, without a body; audited but for strangers.
 * With `isUse: false`, for what a page asks by itself again and again, the call keeps no session alive.
 */
export async function requireCaller(
  permission: Permission,
  { isUse = true }: { isUse?: boolean } = {},
): Promise<PermittedViewer> {
  const found = await (isUse ? findViewer() : peekViewer());
  const now = new Date();
  const refuse = (refusal: Pick<Parameters<typeof recordRefusal>[1], "actor" | "because">) =>
    recordRefusal(consoleDatabase(), { action: "route.call", permission, ...refusal }, now);
  if (!found.ok) {
    if (found.disabled) await refuse({ actor: found.disabled, because: "disabled" });
    else log.info({ permission }, "a route was refused: nobody is signed in");
    unauthorized();
  }
  const admitted = admit(found.viewer, permission, consoleSettings().secondFactor, now);
  if (admitted.ok) return admitted.viewer;
  const { memberId: id, role } = found.viewer;
  await refuse({ actor: { id, role }, because: admitted.because });
  forbidden();
}

async function signInPath(end: string): Promise<string> {
  const query = new URLSearchParams();
  const path = (await headers()).get(PATH_HEADER);
  if (path !== null && path !== "/") query.set("next", path);
  if (end === "idle" || end === "absolute") query.set("ended", end);
  else if (end !== "none") query.set("ended", "ended");
  const text = query.toString();
  return text === "" ? "/sign-in" : `/sign-in?${text}`;
}
