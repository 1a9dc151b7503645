import NextAuth from "next-auth";
import { authOptions } from "#lib/auth/auth-options.ts";
import { saysAtMost } from "#lib/body-size.ts";

type RouteContext = { params: Promise<{ nextauth: string[] }> };

// The options hold settings, which a build does not have: they are made at the first request.
const handler = (request: Request, context: RouteContext): Promise<Response> =>
  NextAuth(authOptions())(request, context);

/** An address, a password and a token; whoever sends more is not signing in. */
const MAX_BODY_BYTES = 16 * 1024;

/** Answers what a browser sends to sign in or out. Nobody is known yet, so not a byte more than that is read. */
export const POST = async (request: Request, context: RouteContext): Promise<Response> =>
  saysAtMost(request, MAX_BODY_BYTES) ? handler(request, context) : new Response(null, { status: 413 });

export { handler as GET };
