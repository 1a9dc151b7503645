import NextAuth from "next-auth";
import { authOptions } from "#lib/auth/auth-options.ts";

type RouteContext = { params: Promise<{ nextauth: string[] }> };

// The options hold settings, which a build does not have: they are made at the first request.
const handler = (request: Request, context: RouteContext): Promise<Response> =>
  NextAuth(authOptions())(request, context);

export { handler as GET, handler as POST };
