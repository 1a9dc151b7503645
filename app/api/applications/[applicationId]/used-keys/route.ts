import { loadUsedKeys } from "#lib/applications/loaders.ts";
import { isId } from "#lib/ids.ts";

type Context = { params: Promise<{ applicationId: string }> };

/** How many live keys of an application were used, for its page to notice a first call. */
export async function GET(_: Request, { params }: Context): Promise<Response> {
  const { applicationId } = await params;
  const used = isId(applicationId) ? await loadUsedKeys(applicationId) : null;
  return used === null ? new Response(null, { status: 403 }) : Response.json({ used });
}
