import "server-only";
import { headers } from "next/headers";
import { forbidden, redirect } from "next/navigation";
import { getServerSession } from "next-auth";
import { cache } from "react";
import { recordAudit } from "#lib/audit/record-audit.ts";
import { consoleDatabase, consoleSettings } from "#lib/console/runtime.ts";
import { authOptions } from "./auth-options.ts";
import { grantOf, type Permission } from "./policy.ts";
import { readViewer, type ViewerResult } from "./read-viewer.ts";
import { PATH_HEADER } from "./return-path.ts";
import { lacksSecondFactor } from "./rules.ts";
import type { PermittedViewer } from "./types.ts";

/** Who makes this request, asked of the database once per request. */
export const findViewer = cache(async (): Promise<ViewerResult> => {
  const session = await getServerSession(authOptions());
  return readViewer(consoleDatabase(), session?.sessionId, new Date());
});

/** The same for a page that asks by itself, again and again: that is no use of the session, and ends it when due. */
export async function peekViewer(): Promise<ViewerResult> {
  const session = await getServerSession(authOptions());
  return readViewer(consoleDatabase(), session?.sessionId, new Date(), { isUse: false });
}

/**
 * The viewer of a page, if they may do what it needs: the first line of every loader. Leads to the sign-in page where
 * nobody is signed in, and to the "not open to your role" page, audited, where the role may not.
 */
export async function requireViewer(permission: Permission): Promise<PermittedViewer> {
  const found = await findViewer();
  if (!found.ok) redirect(await signInPath(found.end));
  const { viewer } = found;
  const grant = grantOf(viewer.role, permission);
  const setsUpFirst = lacksSecondFactor(viewer.proof, consoleSettings().secondFactor);
  if (setsUpFirst && !permission.startsWith("account.")) redirect("/account");
  if (grant !== null) return { ...viewer, grant };
  await recordAudit(consoleDatabase(), {
    action: "action.refuse",
    actor: { id: viewer.memberId, role: viewer.role },
    at: new Date(),
    entity: { type: "action", id: null },
    details: { action: "page.open", permission, because: "role" },
  });
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
