import { loadLoginCount } from "#lib/overview/loaders.ts";

/** The number of logins, for the overview to notice the first one. */
export async function GET(): Promise<Response> {
  const count = await loadLoginCount();
  return count === null ? new Response(null, { status: 403 }) : Response.json({ count });
}
