import NextAuth from "next-auth";
import { authOptions } from "#lib/auth/auth-options.ts";
import { saysAtMost } from "#lib/body-size.ts";

type RouteContext = { params: Promise<{ nextauth: string[] }> };

/** What signing in and out needs. The rest is an e-mail flow without a page, and a way for strangers to fill the log. */
const DOORS = new Set(["callback", "csrf", "error", "providers", "session", "signin", "signout"]);

// The options hold settings, which a build does not have: they are made at the first request.
const handler = async (request: Request, context: RouteContext): Promise<Response> => {
  const [door = ""] = (await context.params).nextauth;
  return DOORS.has(door) ? NextAuth(authOptions())(request, context) : new Response(null, { status: 404 });
};

/** An address, a password and a token; whoever sends more is not signing in. */
const MAX_BODY_BYTES = 16 * 1024;

/** Answers what a browser sends to sign in or out. Nobody is known yet, so not a byte more than that is read. */
export const POST = async (request: Request, context: RouteContext): Promise<Response> =>
  saysAtMost(request, MAX_BODY_BYTES) ? handler(request, context) : new Response(null, { status: 413 });

export { handler as GET };
