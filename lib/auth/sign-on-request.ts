import "server-only";
import { cookies } from "next/headers";
import { z } from "zod";
import { hostCookie } from "#lib/console/cookies.ts";
import { consoleMemberKey } from "#lib/console/member-key.ts";
import { consoleDatabase, consoleSettings } from "#lib/console/runtime.ts";
import { readClaims } from "./claims.ts";
import { openFor, sealFor } from "./member-seal.ts";
import { proveBySignOn } from "./prove-by-sign-on.ts";
import { signOn } from "./sign-on.ts";
import type { SingleSignOn } from "./types.ts";

/** Says that the next sign-on is to prove a session, not to open one. */
const ASKED_COOKIE = "gatehouse.sign-on-proof";
const ASKED_SECONDS = 10 * 60;

const askedSchema = z.object({ sessionId: z.uuid(), at: z.coerce.date() });

/** The way back from the provider comes from another site: `strict` would keep the cookie back. */
const kept = (maxAge: number) => ({
  httpOnly: true,
  sameSite: "lax" as const,
  secure: consoleSettings().isHttps,
  path: "/",
  maxAge,
});

const nameOfCookie = () => hostCookie(ASKED_COOKIE, consoleSettings().isHttps);

/** Notes in the browser that the viewer's session is to be proved by the sign-on that follows. */
export async function askForSignOnProof(sessionId: string, at: Date): Promise<void> {
  const sealed = sealFor(consoleMemberKey(), "single_sign_on", "", JSON.stringify({ sessionId, at }));
  (await cookies()).set(nameOfCookie(), sealed, kept(ASKED_SECONDS));
}

/** Takes what was asked out of the browser: it counts for one sign-on. Null where nothing was, or too long ago. */
async function takeAsked(now: Date) {
  const jar = await cookies();
  const sealed = jar.get(nameOfCookie())?.value;
  if (sealed === undefined) return null;
  jar.set(nameOfCookie(), "", kept(0));
  const text = openFor(consoleMemberKey(), "single_sign_on", "", sealed);
  const asked = text === null ? null : askedSchema.parse(JSON.parse(text));
  return asked !== null && now.getTime() - asked.at.getTime() < ASKED_SECONDS * 1000 ? asked : null;
}

/**
 * What a sign-on at the provider opens: the session it was asked to prove, or a new one. Otherwise where to lead the
 * browser, with the code of what refused it.
 */
export async function signOnFromClaims(
  raw: unknown,
  { roleClaim, roles }: SingleSignOn,
): Promise<{ sessionId: string } | { redirect: string }> {
  const now = new Date();
  const claims = readClaims(raw, roleClaim);
  const asked = await takeAsked(now);
  if (asked !== null) {
    const proved = await proveBySignOn(consoleDatabase(), claims, asked, now);
    return proved.ok ? { sessionId: proved.sessionId } : { redirect: `/proof?refused=${proved.code}` };
  }
  const opened = await signOn(consoleDatabase(), claims, roles, now);
  return opened.ok ? { sessionId: opened.sessionId } : { redirect: `/sign-in?refused=${opened.code}` };
}
