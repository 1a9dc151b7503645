import { loadSessionLeft } from "#lib/auth/loaders.ts";

/** How long the session still holds, for the page that warns before its end; 401 once it does not. */
export async function GET(): Promise<Response> {
  return Response.json(await loadSessionLeft());
}
