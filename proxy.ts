import { type NextRequest, NextResponse } from "next/server";
import { PATH_HEADER } from "#lib/auth/return-path.ts";

const SESSION_COOKIES = ["next-auth.session-token", "__Secure-next-auth.session-token"];

/**
 * Spares somebody who is plainly not signed in the way to a page's own guard, and tells the guard which page was asked
 * for. It grants nothing: every loader asks the database.
 */
export function proxy(request: NextRequest): NextResponse {
  const path = request.nextUrl.pathname + request.nextUrl.search;
  if (request.method === "GET" && !SESSION_COOKIES.some((name) => request.cookies.has(name))) {
    const signIn = new URL("/sign-in", request.url);
    if (path !== "/") signIn.searchParams.set("next", path);
    return NextResponse.redirect(signIn);
  }
  const headers = new Headers(request.headers);
  headers.set(PATH_HEADER, path);
  return NextResponse.next({ request: { headers } });
}

/** Every room, present and future; apart from what needs no member: the API, signing in, the sample app, built files. */
export const config = { matcher: ["/((?!api/|sign-in|sample$|sample/|models/|_next/|icon.svg).*)"] };
