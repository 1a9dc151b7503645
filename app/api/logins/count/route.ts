import { loadLoginCount } from "#lib/overview/loaders.ts";

/** The number of logins, for the overview to notice the first one. */
export async function GET(): Promise<Response> {
  return Response.json({ count: await loadLoginCount() });
}
