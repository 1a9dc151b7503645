import { loadUsedKeys } from "#lib/applications/loaders.ts";

type Context = { params: Promise<{ applicationId: string }> };

/** How many live keys of an application were used, for its page to notice a first call. */
export async function GET(_: Request, { params }: Context): Promise<Response> {
  const { applicationId } = await params;
  return Response.json({ used: await loadUsedKeys(applicationId) });
}
